import type { ExportProblem, ValueChange } from '../../../src-shared/failure'

/** An order as the bytes of a file with every value that was changed on the way, or every reason why it cannot be written. */
export type Rendered = { ok: true; bytes: Uint8Array; changes: ValueChange[] } | { ok: false; problems: ExportProblem[] }
