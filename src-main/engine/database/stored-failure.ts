import { type Failure, parseFailureCode } from '../../../src-shared/failure'

/** A failure from stored columns, including those written by earlier versions. */
export function storedFailure(code: string, message: string | null, remedy: string | null): Failure {
  return { code: parseFailureCode(code), message: message ?? '', remedy: remedy ?? '' }
}
