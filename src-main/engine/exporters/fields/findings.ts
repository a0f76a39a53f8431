import type { ExportProblem, ValueChange } from '../../../../src-shared/failure'
import type { FieldLocations } from './field-locations'
import type { Rendered } from './rendered'

/** The findings of one export: every reason why its order cannot be written, and every value that was changed. */
export class Findings {
  readonly problems: ExportProblem[] = []
  readonly changes: ValueChange[] = []
  private readonly seen = new Set<string>()
  private suppressedFields: ReadonlySet<string> = new Set()

  /** Adds a reason why the order cannot be written. Duplicates are ignored. */
  addProblem(problem: ExportProblem): void {
    if (this.suppressedFields.has(problem.field)) return
    if (this.isNew(['problem', problem.code, problem.field, problem.message])) this.problems.push(problem)
  }

  /** Adds a value that differs between the order and the file. Equal values are ignored. */
  addChange(field: string, before: string, after: string, reason: string): void {
    if (before === after) return
    if (this.isNew(['change', field, after, reason])) this.changes.push({ field, before, after, reason })
  }

  /** Adds a remark about a value that is written unchanged. */
  addNote(field: string, value: string, reason: string): void {
    if (this.isNew(['change', field, value, reason])) this.changes.push({ field, before: value, after: value, reason })
  }

  /** Ignores further problems of fields that already have one, because follow-on problems would only confuse people. */
  suppressFollowUps(): void {
    this.suppressedFields = new Set(this.problems.map((problem) => problem.field))
  }

  /** Returns the result of the export: the file, or the problems with a draft of the file. Both include positions in the file. */
  rendered(bytes: Uint8Array, locations: FieldLocations): Rendered {
    const withLocation = <F extends { field: string }>(found: F, text: string): F => {
      const at = locations.find(found.field, text)
      return at === undefined ? found : { ...found, at }
    }
    const changes = this.changes.map((change) => withLocation(change, change.after))
    if (this.problems.length === 0) return { ok: true, bytes, changes }
    return { ok: false, problems: this.problems.map((problem) => withLocation(problem, problem.value)), draft: bytes, changes }
  }

  private isNew(parts: string[]): boolean {
    const key = JSON.stringify(parts)
    if (this.seen.has(key)) return false
    this.seen.add(key)
    return true
  }
}

/** Describes a field and its value for a sentence: `line 2: product code` and `ABC` give `product code ABC of line 2`. */
export function fieldAndValue(field: string, value: string): string {
  const [owner = '', name] = field.split(': ')
  if (name === undefined) return `${owner}${value === '' ? '' : ` ${value}`}`
  const ownerText = owner.endsWith('address') ? `the ${owner}` : owner
  return `${name}${value === '' ? '' : ` ${value}`} of ${ownerText}`
}
