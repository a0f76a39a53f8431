import type { CodeOf, Failure } from '../../../../src-shared/failure'
import { wellFormed } from './well-formed'

/** Codes for problems with a file of orders. */
export type ImportFailureCode = CodeOf<'importing'> | 'text-too-long'

/** A `Failure` with one of the importers' codes. */
export interface ImportFailure extends Failure {
  code: ImportFailureCode
}

const MAX_SHOWN_PROBLEMS = 20
const CONTROL_CHARACTERS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A value from a file, for use in a sentence: in quotes, without control characters, at most 60 characters. */
export function quoted(value: string): string {
  return `"${displayText(value)}"`
}

/** A value from a file, for use in a sentence like `quoted`, but without quotes. */
export function displayText(value: string): string {
  const characters = Array.from(wellFormed(value.slice(0, 130)))
  const text = characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : characters.join('')
  return text.replace(CONTROL_CHARACTERS, '\uFFFD')
}

/** Collects the problems with the orders in a file, so that a person sees them all at once. */
export class ImportProblems {
  private readonly firstProblems: { code: ImportFailureCode; sentence: string }[] = []
  private total = 0

  /** The number of all problems. Only the texts of the first 20 are kept. */
  get count(): number {
    return this.total
  }

  /** Adds a problem. `where` is for example `order 3 (#1003), line 2`; `detail` completes the sentence. */
  add(code: ImportFailureCode, where: string, detail: string): void {
    this.total += 1
    if (this.firstProblems.length < MAX_SHOWN_PROBLEMS)
      this.firstProblems.push({ code, sentence: where === '' ? detail : `${where}: ${detail}` })
  }

  /** The failure to return, with the first problem's code; null if there are no problems. */
  toFailure(): ImportFailure | null {
    const [first] = this.firstProblems
    if (first === undefined) return null
    const remedy =
      'No orders were read from this file. Correct the order in the store or in the file, export it again and put the file in the intake folder.'
    if (this.total === 1) return { code: first.code, message: `${capitalised(first.sentence)}.`, remedy }
    const list = this.firstProblems.map((problem) => `- ${problem.sentence}`)
    if (this.total > this.firstProblems.length) list.push(`- and ${this.total - this.firstProblems.length} more`)
    return { code: first.code, message: `${this.total} problems:\n${list.join('\n')}`, remedy }
  }
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
