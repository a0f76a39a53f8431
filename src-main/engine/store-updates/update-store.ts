import type { EngineContext } from '../context/context'
import { listSources } from '../database/settings-store'
import { hasDueUpdates } from '../database/store-updates-store'
import type { RunReport, TaskWork } from '../runs/run-report'
import { timestampIn } from '../time/clock'
import { MAX_UPDATE_PAUSE_MS } from './record-updates'
import { type StoreSource, updateSource } from './update-source'

/**
 * The sync task Update Store: writes the queued notes, marks, statuses and tracking numbers to their stores, each at most once. Stores are written to
 * side by side, and other tasks run meanwhile, because a store may be slow.
 */
export function updateStores(engine: EngineContext): TaskWork {
  return async (report: RunReport, signal: AbortSignal) => {
    const stores = (await listSources(engine.db)).filter((source): source is StoreSource => source.store !== null)
    if (stores.length === 0) return
    report.releaseOthers()
    const results = await Promise.allSettled(stores.map((source) => updateSource(engine, source, report, signal)))
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }
}

/** True if Update Store would find something to write now. */
export function hasStoreUpdates(engine: EngineContext): Promise<boolean> {
  return hasDueUpdates(engine.db, { now: engine.now(), latest: timestampIn(engine.clock, MAX_UPDATE_PAUSE_MS) })
}
