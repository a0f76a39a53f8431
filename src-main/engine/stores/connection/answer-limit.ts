import { FailureError } from '../../../../src-shared/failure'
import { tooSlow } from './store-failures'

/** How long a person waits for a store's answer. */
const ANSWER_LIMIT_MS = 50_000

/** Does something for which a person waits. Throws FailureError `store-unreachable` if a store takes too long. */
export async function withinAnswerLimit<T>(host: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
  try {
    return await work(signal)
  } catch (error) {
    if (signal.aborted && !(error instanceof FailureError)) throw tooSlow(host, ANSWER_LIMIT_MS)
    throw error
  }
}
