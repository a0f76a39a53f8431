import { randomBytes } from 'node:crypto'
import type { Failure } from '../../../src-shared/failure'
import type { Log, LogContext } from './context'

/**
 * Turns an unexpected error into a failure for the user. The error itself goes only into the log, because it may name
 * tables and folders. The failure says what to do and gives a number that support can search the log for.
 */
export function internalFailure(log: Log, operation: string, error: unknown, about?: LogContext): Failure {
  const number = randomBytes(4).toString('hex')
  log.error(`${operation} failed (fault ${number})`, error, about)
  return {
    code: 'internal-error',
    message: `Something went wrong inside Ledgerdrop (fault ${number}).`,
    remedy: `Try again. If it happens again, choose Help > Log a Ticket and quote ${number}, so that support can find the cause.`,
  }
}
