import type { CodeOf, FailureCode } from './failure-codes'

export { type CodeOf, FAILURE_CODES, type FailureCode, parseFailureCode } from './failure-codes'

/** How the window handles a failure: `restore` offers the backups, `wait for engine` shows that nothing works until the engine runs again. */
export type FailureAction = 'restore' | 'wait for engine'

/** An error that a user can do something about. `message` says what happened and where, `remedy` what to do. */
export interface Failure {
  code: FailureCode
  message: string
  remedy: string
  action?: FailureAction | undefined
  /** The input field that caused it, e.g. `name` or `folder`. */
  field?: string | undefined
}

/** A range in a text file: line and column from 1, column and length in UTF-16 units. The length includes line ends within the range. */
export interface TextRange {
  line: number
  column: number
  length: number
}

/** A reason why an order can't be written, found before anything is written. */
export interface ExportProblem extends Failure {
  code: CodeOf<'exporting'>
  /** The order's field as users know it, e.g. `customer code` or `line 2: product code`. */
  field: string
  /** The original invalid value. */
  value: string
  /** The range of the value, or of its line or row, in the draft of the file; omitted if it has none. */
  at?: TextRange
}

/** A value that was changed for the file, to make it safe or to make it fit. */
export interface ValueChange {
  field: string
  before: string
  after: string
  /** E.g. `"<F9>" could press a key in Attaché`. */
  reason: string
  /** The range of the changed value, or of its line or row, in the file; omitted if it has none. */
  at?: TextRange
}

/** The result of every command: never an exception across a process boundary, never undefined. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure }

/** Thrown inside the engine for failures that a user can act on. The dispatcher turns it into a `Failure`. */
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

  /** Returns the plain failure, which can cross a process boundary. */
  toFailure(): Failure {
    const { code, message, remedy, action, field } = this
    return { code, message, remedy, action, field }
  }
}

/** For the default case of a switch: the compiler then checks that the switch is exhaustive. Throws if it is reached. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}

/** The message of anything thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
