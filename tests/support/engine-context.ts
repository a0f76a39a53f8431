import { publishChangesOnce, write } from '../../src-main/engine/changes/write'
import type { EngineContext } from '../../src-main/engine/context/context'
import { createIdSource } from '../../src-main/engine/context/ids'
import { NO_SECRETS } from '../../src-main/engine/notices/mail-account'
import { requestByFetch } from '../../src-main/engine/web/request-by-fetch'
import type { Workspace } from '../../src-main/engine/workspace'
import type { ManualClock } from './manual-clock'

/** An engine context on an open workspace, without an engine. */
export function engineContext(
  workspace: Workspace,
  clock: ManualClock,
  options: Pick<EngineContext, 'log'> & Partial<Pick<EngineContext, 'publish'>>,
): EngineContext {
  const engine: EngineContext = {
    workspace,
    db: workspace.db,
    write: (change) => write(engine, workspace.db, change),
    publishChangesOnce: (writes) => publishChangesOnce(engine, writes),
    clock,
    newId: createIdSource(clock),
    now: () => clock.now().toISOString(),
    publish: () => {},
    onStep: async () => {},
    timeZone: 'UTC',
    syncFailure: null,
    stall: null,
    question: null,
    diskSpace: async () => ({ freeBytes: Number.MAX_SAFE_INTEGER, totalBytes: Number.MAX_SAFE_INTEGER }),
    onHung: () => {},
    secrets: NO_SECRETS,
    mail: { passwordInMemory: null, ca: null, limitMs: 0 },
    stores: {
      web: requestByFetch,
      userAgent: 'Ledgerdrop/test',
      inMemory: new Map(),
      tokens: new Map(),
      fromOutside: null,
      limitMs: 5000,
      pauseMs: 1,
    },
    ...options,
  }
  return engine
}
