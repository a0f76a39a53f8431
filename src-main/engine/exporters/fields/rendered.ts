import type { ExportProblem, ValueChange } from '../../../../src-shared/failure'

/**
 * The result of an export: the bytes of the file with all changed values, or all reasons why the order cannot be written. `draft` is the file with
 * the problems ignored, for a preview that marks them. It must never be dropped.
 */
export type Rendered =
  | { ok: true; bytes: Uint8Array; changes: ValueChange[] }
  | { ok: false; problems: ExportProblem[]; draft?: Uint8Array; changes?: ValueChange[] }
