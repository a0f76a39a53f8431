import type { CodeOf, FailureCode } from './failure-codes'

export { type CodeOf, FAILURE_CODES, type FailureCode, parseFailureCode } from './failure-codes'

/** What the window does about a failure: `restore` offers the backups, `wait for engine` shows that nothing works until the engine runs again. */
export type FailureAction = 'restore' | 'wait for engine'

/** Something that went wrong and that a person can do something about. `message` says what and where, `remedy` what to do. */
export interface Failure {
  code: FailureCode
  message: string
  remedy: string
  action?: FailureAction | undefined
  /** The field of the input that it is about, e.g. `name` or `folder`. */
  field?: string | undefined
}

/** A place in a file that is text: line and column from 1, column and length in UTF-16 units; a length counts the line ends that it spans. */
export interface Place {
  line: number
  column: number
  length: number
}

/** One reason why an order cannot be written, before anything is written. */
export interface ExportProblem extends Failure {
  code: CodeOf<'exporting'>
  /** The order's field in the user's words, e.g. `customer code` or `line 2: product code`. */
  field: string
  /** The value that does not fit, as it is. */
  value: string
  /** Where the value, or else its line or row, would stand in the file; not there where it has no place. */
  at?: Place
}

/** A value that was changed on its way into a file, so that it is safe or fits. */
export interface ValueChange {
  field: string
  before: string
  after: string
  /** E.g. `"<F9>" could press a key in Attaché`. */
  reason: string
  /** Where the changed value, or else its line or row, stands in the file; not there where it has no place. */
  at?: Place
}

/** Answer of every command: never an exception across a process boundary, never undefined. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure }

/** Thrown inside the engine for failures that a person can act on; the dispatcher turns it into a `Failure`. */
export class FailureError extends Error implements Failure {
  readonly code: FailureCode
  readonly remedy: string
  readonly action: FailureAction | undefined
  readonly field: string | undefined
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options)
    this.name = 'FailureError'
    this.code = failure.code
    this.remedy = failure.remedy
    this.action = failure.action
    this.field = failure.field
  }

  /** The failure alone, as it crosses a process boundary. */
  toFailure(): Failure {
    const { code, message, remedy, action, field } = this
    return { code, message, remedy, action, field }
  }
}

/** Makes the compiler check that a switch over a union is complete. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}

/** What an error says. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
