import { type Failure, parseFailureCode } from '../../../src-shared/failure'

/** A failure as columns hold it, those of earlier versions too. */
export function storedFailure(code: string, message: string | null, remedy: string | null): Failure {
  return { code: parseFailureCode(code), message: message ?? '', remedy: remedy ?? '' }
}
