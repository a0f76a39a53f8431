import type { ExportProblem, ValueChange } from '../../../../src-shared/failure'

/**
 * An order as the bytes of a file with every value that was changed on the way, or every reason why it cannot be written. `draft` is
 * what the file would be if the problems were no matter: for a preview that marks them at their place, never to be dropped.
 */
export type Rendered =
  | { ok: true; bytes: Uint8Array; changes: ValueChange[] }
  | { ok: false; problems: ExportProblem[]; draft?: Uint8Array; changes?: ValueChange[] }
