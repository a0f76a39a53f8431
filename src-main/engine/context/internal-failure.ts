import { randomBytes } from 'node:crypto'
import type { Failure } from '../../../src-shared/failure'
import type { Log, LogAbout } from './context'

/**
 * What nobody foresaw: the error itself goes into the log, where it may name tables and folders; the person is told that it is not their doing, what to do,
 * and the number under which support finds it there.
 */
export function internalFailure(log: Log, what: string, error: unknown, about?: LogAbout): Failure {
  const number = randomBytes(4).toString('hex')
  log.error(`${what} failed (fault ${number})`, error, about)
  return {
    code: 'internal-error',
    message: `Something went wrong inside Ledgerdrop (fault ${number}).`,
    remedy: `Try again. If it happens again, choose Help, Log a Ticket, and write ${number}: support finds the cause under it.`,
  }
}
