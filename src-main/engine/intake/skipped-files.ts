import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { EngineContext } from '../context/context'
import { sentFileNames } from '../database/deliveries-store'
import type { ProblemText } from '../database/problems-store'
import { parseDeliveryFileName } from '../files/file-name'
import { unreadableFileFailure } from '../files/unreadable-file'
import { fileTag } from '../logs/file-tag'
import type { RunReport } from '../runs/run-report'
import type { Intake } from './take-files'

/** A file that still can't be read after this long is reported on Sync > Problems. */
const REPORT_AFTER_MS = 5 * 60_000

/** Collects and reports the files that a run skips in an intake folder: those that can't be read now, and those that Ledgerdrop wrote itself. */
export class SkippedFiles {
  /** Error codes by file name. */
  private readonly unreadable = new Map<string, string>()
  private ownFiles: string[] = []

  constructor(
    private readonly engine: EngineContext,
    private readonly intake: Intake,
  ) {}

  /** Leaves out the files that Ledgerdrop sent. They are never read as orders, whatever the settings say. */
  async withoutOwn(names: readonly string[]): Promise<string[]> {
    const candidates = names.filter((name) => parseDeliveryFileName(name.toLowerCase()) !== null)
    if (candidates.length === 0 || this.intake.canHoldSentFiles === true) return [...names]
    const sent = await sentFileNames(this.engine.db, candidates)
    this.ownFiles = names.filter((name) => sent.has(name.toLowerCase()))
    return names.filter((name) => !sent.has(name.toLowerCase()))
  }

  /** Adds a file that can't be read now. The next run tries it again. */
  addUnreadable(name: string, errno: string): void {
    this.unreadable.set(name, errno)
  }

  /** Adds the skipped files to the report, and opens or closes their problems. */
  async report(report: RunReport): Promise<void> {
    report.waitingCount += this.unreadable.size + this.ownFiles.length
    const problems = [await this.unreadableFilesProblem(report), this.ownProblem(report)]
    await this.engine.write(async (work) => {
      for (const { key, problem } of problems) {
        if (problem === null) await work.closeProblem(key, 'The files are gone or can be read.')
        else await work.saveProblem({ ...problem, key, kind: 'folder', folder: this.intake.folder })
      }
    })
  }

  private async unreadableFilesProblem(report: RunReport): Promise<SkippedProblem> {
    const key = `unreadable-files-${this.intake.key}`
    const [first] = this.unreadable
    if (first === undefined) return { key, problem: null }
    const { title } = this.intake
    const failure = unreadableFileFailure(first[0], first[1], this.unreadable.size - 1)
    this.addNote(report, failure.message)
    for (const [name, errno] of this.unreadable) this.engine.log.warn(`${title}: ${fileTag(name)} cannot be read: ${errno}`)
    for (const name of this.unreadable.keys()) {
      if (await this.hasPersisted(name)) return { key, problem: { title: `A file from ${title} cannot be read`, ...failure } }
    }
    return { key, problem: null }
  }

  private ownProblem(report: RunReport): SkippedProblem {
    const key = `own-files-${this.intake.key}`
    const [first] = this.ownFiles
    if (first === undefined) return { key, problem: null }
    const { folder, title } = this.intake
    const more = this.ownFiles.length === 1 ? '' : ` and ${this.ownFiles.length - 1} more`
    const consequence = this.ownFiles.length === 1 ? 'so it is not read as an order' : 'so they are not read as orders'
    const message = `Ledgerdrop itself wrote ${first}${more} in ${folder}, ${consequence}.`
    this.addNote(report, message)
    const remedy =
      'In Orders > Sync Settings, check that no destination writes to this folder. Then move the files to the folder they belong in.'
    return { key, problem: { title: `The folder of ${title} contains files that Ledgerdrop wrote`, code: 'own-files', message, remedy } }
  }

  private addNote(report: RunReport, message: string): void {
    report.notes.push(message)
    report.log.add({ level: 'warning', text: `${this.intake.title}: ${message}` })
  }

  private async hasPersisted(name: string): Promise<boolean> {
    const found = await lstat(join(this.intake.folder, name)).catch(() => null)
    if (found === null) return false
    const arrivedMs = Math.max(found.mtimeMs, found.ctimeMs)
    return this.engine.clock.now().getTime() - arrivedMs >= REPORT_AFTER_MS
  }
}

interface SkippedProblem {
  key: string
  problem: ProblemText | null
}
