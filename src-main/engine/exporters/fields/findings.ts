import type { ExportProblem, ValueChange } from '../../../../src-shared/failure'
import type { Places } from './places'
import type { Rendered } from './rendered'

/** What one export found out about its order: every reason why it cannot be written, every value that it changed. */
export class Findings {
  readonly problems: ExportProblem[] = []
  readonly changes: ValueChange[] = []
  private readonly seen = new Set<string>()
  private settled: ReadonlySet<string> = new Set()

  /** Notes a reason why the order cannot be written; the same one twice counts once. */
  problem(problem: ExportProblem): void {
    if (this.settled.has(problem.field)) return
    if (this.isNew(['problem', problem.code, problem.field, problem.message])) this.problems.push(problem)
  }

  /** Notes that a value differs in the file from the order; nothing where it does not. */
  changed(field: string, before: string, after: string, reason: string): void {
    if (before === after) return
    if (this.isNew(['change', field, after, reason])) this.changes.push({ field, before, after, reason })
  }

  /** Notes a value that goes into the file as it is, although something about it should be known. */
  noted(field: string, value: string, reason: string): void {
    if (this.isNew(['change', field, value, reason])) this.changes.push({ field, before: value, after: value, reason })
  }

  /** Fields that have a problem by now get no further one: what follows from the first would only confuse. */
  settle(): void {
    this.settled = new Set(this.problems.map((problem) => problem.field))
  }

  /** What the export comes to: the file, or the problems with the file that it would have been. Both say where. */
  rendered(bytes: Uint8Array, places: Places): Rendered {
    const located = <F extends { field: string }>(found: F, text: string): F => {
      const at = places.of(found.field, text)
      return at === undefined ? found : { ...found, at }
    }
    const changes = this.changes.map((change) => located(change, change.after))
    if (this.problems.length === 0) return { ok: true, bytes, changes }
    return { ok: false, problems: this.problems.map((problem) => located(problem, problem.value)), draft: bytes, changes }
  }

  private isNew(parts: string[]): boolean {
    const key = JSON.stringify(parts)
    if (this.seen.has(key)) return false
    this.seen.add(key)
    return true
  }
}

/** A field and its value in a sentence: `line 2: product code` and `ABC` are `product code ABC of line 2`. */
export function named(field: string, value: string): string {
  const [owner = '', what] = field.split(': ')
  if (what === undefined) return `${owner}${value === '' ? '' : ` ${value}`}`
  const whose = owner.endsWith('address') ? `the ${owner}` : owner
  return `${what}${value === '' ? '' : ` ${value}`} of ${whose}`
}
