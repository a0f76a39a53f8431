import type { Failure } from '../../src-shared/failure'

/** Messages by field: `name`, `folder`, `policy.overdueMinutes`, `settings.currency`, `settings.header.2.element`. */
export type FieldErrors = Readonly<Record<string, string>>

/** The field that a refusal of the engine is about; null if it isn't about one field. */
export function fieldOfFailure(failure: Failure): 'name' | 'folder' | null {
  if (failure.code === 'name-taken') return 'name'
  return /^(folder|path)-/.test(failure.code) || failure.code === 'other-volume' ? 'folder' : null
}
