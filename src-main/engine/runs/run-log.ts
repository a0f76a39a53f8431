import type { RunEntryRow } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { idAt } from '../context/ids'
import type { Work } from '../context/work'
import { deleteRunEntriesBefore, insertRunEntries } from '../database/run-entries-store'

/** Lines of work that went well kept per run, and as many again of trouble, so that what failed last is there, too. */
const MOST_LINES = 1000
/** Lines are committed at the latest when so many wait. */
const MOST_WAITING = 50
const KEPT_DAYS = 90

/** One line; `order` where it is about one. */
export interface RunLine {
  level: RunEntryRow['level']
  text: string
  order?: { id: number; number: string }
}

/** What a run did, line by line, for Sync > History. Lines wait in memory for a transaction that is made anyway. */
export class RunLog {
  /** How many lines there was no room for. */
  leftOut = 0
  private waiting: RunEntryRow[] = []
  private readonly counts = { fine: 0, trouble: 0 }

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
      const sort = level === 'info' ? 'fine' : 'trouble'
      if (this.counts[sort] >= MOST_LINES) {
        this.leftOut++
        return []
      }
      this.counts[sort]++
      const about = { orderId: order?.id ?? null, orderNumber: order?.number ?? null }
      return [{ id: engine.newId(), runId, at: engine.now(), level, ...about, text }]
    })
  }

  /**
   * Writes the lines that wait, and `lines` about what this write itself does. After a rollback the waiting lines still wait, and what was not done is
   * not claimed.
   */
  async write(work: Work, lines: readonly RunLine[] = []): Promise<void> {
    const waitingCount = this.waiting.length
    const entries = [...this.waiting, ...this.entriesOf(lines)]
    await insertRunEntries(work.db, entries)
    work.onCommit(() => this.waiting.splice(0, waitingCount))
    if (entries.length > 0) work.publish('runs.logged', { runId: this.runId, entries })
  }

  /** Commits the lines that wait once they are many, or at the run's end. */
  async flush(isEnd = false): Promise<void> {
    if (this.waiting.length === 0 || (!isEnd && this.waiting.length < MOST_WAITING)) return
    await this.engine.write((work) => this.write(work))
  }
}

/** Removes lines that are older than three months. */
export async function forgetOldLines(engine: EngineContext): Promise<void> {
  const firstKept = idAt(engine.clock.now().getTime() - KEPT_DAYS * 86_400_000)
  await engine.write(({ db }) => deleteRunEntriesBefore(db, firstKept))
}
