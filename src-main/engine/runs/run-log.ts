import type { RunEntryRow } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { idAt } from '../context/ids'
import type { Work } from '../context/work'
import { deleteRunEntriesBefore, insertRunEntries } from '../database/run-entries-store'

/**
 * The maximum number of info lines of a run, and of its warning and error lines together. They are counted separately,
 * so that a late failure is recorded even if there are already too many info lines.
 */
const MAX_LINES = 1000
/** As soon as this many lines are waiting, they are committed. */
const MAX_WAITING = 50
const KEPT_DAYS = 90

/** One line of a run's log. `order` is set if the line is about an order. */
export interface RunLine {
  level: RunEntryRow['level']
  text: string
  order?: { id: number; number: string }
}

/** The log of one run, for Sync > History. Lines wait in memory and are written with the next transaction of the run. */
export class RunLog {
  /** How many lines were left out because the log was full. */
  leftOut = 0
  private waiting: RunEntryRow[] = []
  private readonly counts = { info: 0, problem: 0 }

  constructor(
    private readonly engine: EngineContext,
    private readonly runId: number,
  ) {}

  add(line: RunLine): void {
    this.waiting.push(...this.entriesOf([line]))
  }

  private entriesOf(lines: readonly RunLine[]): RunEntryRow[] {
    const { runId, engine } = this
    return lines.flatMap(({ level, text, order }) => {
      const kind = level === 'info' ? 'info' : 'problem'
      if (this.counts[kind] >= MAX_LINES) {
        this.leftOut++
        return []
      }
      this.counts[kind]++
      const about = { orderId: order?.id ?? null, orderNumber: order?.number ?? null }
      return [{ id: engine.newId(), runId, at: engine.now(), level, ...about, text }]
    })
  }

  /**
   * Writes the waiting lines, and `lines` about the transaction itself. After a rollback, the waiting lines stay in the
   * queue and `lines` are dropped, because the work that they describe was not done.
   */
  async write(work: Work, lines: readonly RunLine[] = []): Promise<void> {
    const waitingCount = this.waiting.length
    const entries = [...this.waiting, ...this.entriesOf(lines)]
    await insertRunEntries(work.db, entries)
    work.onCommit(() => this.waiting.splice(0, waitingCount))
    if (entries.length > 0) work.publish('runs.logged', { runId: this.runId, entries })
  }

  /** Commits the waiting lines if there are many, or at the end of the run. */
  async flush(isEnd = false): Promise<void> {
    if (this.waiting.length === 0 || (!isEnd && this.waiting.length < MAX_WAITING)) return
    await this.engine.write((work) => this.write(work))
  }
}

/** Deletes log lines that are more than 90 days old. */
export async function deleteOldLines(engine: EngineContext): Promise<void> {
  const firstKept = idAt(engine.clock.now().getTime() - KEPT_DAYS * 86_400_000)
  await engine.write(({ db }) => deleteRunEntriesBefore(db, firstKept))
}
