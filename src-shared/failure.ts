/** Every failure's code by the subject that it is about; codes are stable, and stored in workspaces. */
export const FAILURE_CODES = {
  /** The window, the program and the engine among themselves. */
  program: [
    'bad-input',
    'call-failed',
    'control-refused',
    'engine-hung',
    'engine-not-answering',
    'engine-starting',
    'engine-stopped',
    'internal-error',
    'not-connected',
    'program-gone',
    'program-not-answering',
    'sender-refused',
    'unknown-command',
    'unknown',
  ],
  /** The workspace as a whole, its database and who owns it. */
  workspace: [
    'database-damaged',
    'database-missing',
    'migration-failed',
    'workspace-exists',
    'workspace-foreign',
    'workspace-full',
    'workspace-locked',
    'workspace-missing',
    'workspace-moved',
    'workspace-newer',
    'workspace-on-network',
    'workspace-taken-over',
    'workspace-unusable',
    'workspace-used-elsewhere',
  ],
  /** Backups, and what a restore or a copy of the workspace leaves to decide. */
  backups: ['backup-damaged', 'backup-is-folder', 'backup-missing', 'backup-newer', 'backup-not-copied', 'nothing-to-decide', 'restored'],
  /** Who is signed in, and what they may do. */
  staff: [
    'last-administrator',
    'locked',
    'name-reserved',
    'not-allowed',
    'password-too-short',
    'sign-in-delayed',
    'sign-in-refused',
    'signed-out',
    'staff-exists',
    'staff-missing',
  ],
  settings: [
    'bad-schedule',
    'change-missing',
    'destination-missing',
    'profile-invalid',
    'profile-not-recognised',
    'samples-exist',
    'samples-in-use',
    'samples-missing',
    'session-start-failed',
    'session-start-not-offered',
    'source-missing',
  ],
  /** The folders that files are dropped in and read from. */
  folders: [
    'archive-unusable',
    'disk-full',
    'file-held',
    'file-unreadable',
    'folder-changed',
    'folder-is-a-link',
    'folder-not-a-folder',
    'folder-read-only',
    'folder-unreachable',
    'name-taken',
    'other-volume',
    'path-too-long',
    'staging-is-a-link',
  ],
  /** Other folders, disks and paths. */
  paths: ['disk-nearly-full', 'folder-in-use', 'folder-not-known', 'folder-not-opened', 'not-a-folder', 'path-not-absolute', 'path-unsafe'],
  /** Files that a person chooses, saves or prints. */
  files: [
    'browser-not-opened',
    'bundle-not-saved',
    'export-cancelled',
    'file-missing',
    'file-not-opened',
    'file-not-replaceable',
    'file-not-saved',
    'is-a-link',
    'list-not-saved',
    'mail-program-missing',
    'not-copied',
    'not-printed',
    'own-files',
  ],
  /** Files of orders. */
  importing: [
    'bad-encoding',
    'duplicate-key',
    'duplicate-order',
    'field-invalid',
    'field-missing',
    'field-unknown',
    'has-dtd',
    'id-shortened',
    'importer-fault',
    'no-orders',
    'not-csv',
    'not-json',
    'not-recognised',
    'not-xml',
    'too-complex',
    'too-deep',
    'too-large',
    'too-many-lines',
    'too-many-orders',
    'version-unknown',
  ],
  /** The accounting package's lists of customers and products. */
  codeLists: ['code-missing', 'code-twice', 'column-missing', 'list-empty', 'too-many-rows'],
  /** An order that cannot be written as it is. */
  exporting: [
    'amount-invalid',
    'character-unmappable',
    'charge-amount-missing',
    'charge-code-missing',
    'code-too-long',
    'code-unmappable',
    'code-unsafe',
    'currency-differs',
    'currency-invalid',
    'customer-ambiguous',
    'customer-code-missing',
    'customer-unknown',
    'date-invalid',
    'no-lines',
    'not-writable',
    'order-number-missing',
    'price-invalid',
    'product-code-missing',
    'product-unknown',
    'quantity-invalid',
    'quantity-not-positive',
    'tax-unknown',
    'text-too-long',
    'total-differs',
  ],
  /** What became of a file that was written. */
  deliveries: [
    'entered-twice',
    'needs-review',
    'no-order-named',
    'not-picked-up',
    'order-ambiguous',
    'order-not-sent',
    'rejected-by-package',
    'sent-before-restore',
    'sent-elsewhere',
    'writing-crashed',
  ],
  /** What the store says of an order that came in before. */
  store: [
    'cancelled-after-sending',
    'cancelled-in-store',
    'changed-after-sending',
    'id-of-another-order',
    'looks-like-another',
    'reinstated-in-store',
  ],
  /** Orders, and what is done to them. */
  orders: [
    'archive-copy-missing',
    'code-taken',
    'confirm-resend',
    'delivery-missing',
    'job-failed',
    'job-running',
    'line-missing',
    'not-in-review',
    'nothing-to-change',
    'order-busy',
    'order-changed',
    'order-missing',
    'order-sent',
    'problem-gone',
    'problem-not-resolvable',
    'too-many-selected',
  ],
  /** Runs of the sync tasks. */
  sync: ['nothing-has-run', 'run-hung', 'run-missing', 'sync-running', 'sync-stopped'],
  /** Notices, the daily digest and the mail server. */
  mail: [
    'customer-email-missing',
    'digest-address-missing',
    'mail-address-invalid',
    'mail-address-refused',
    'mail-certificate-refused',
    'mail-encryption-failed',
    'mail-host-invalid',
    'mail-not-configured',
    'mail-password-missing',
    'mail-refused',
    'mail-sender-refused',
    'mail-server-refused',
    'mail-server-slow',
    'mail-server-unknown',
    'mail-server-unreachable',
    'mail-sign-in-not-offered',
    'mail-sign-in-refused',
    'notice-crashed',
    'notice-unknown',
    'password-not-storable',
    'template-placeholder-unknown',
    'template-subject-invalid',
  ],
  updates: [
    'update-address-invalid',
    'update-address-missing',
    'update-feed-certificate',
    'update-feed-invalid',
    'update-feed-not-json',
    'update-feed-redirected',
    'update-feed-refused',
    'update-feed-slow',
    'update-feed-too-large',
    'update-feed-unreachable',
    'update-page-elsewhere',
    'update-page-gone',
    'updates-off',
  ],
} as const

/** The codes of one subject or of several. */
export type CodeOf<Subject extends keyof typeof FAILURE_CODES> = (typeof FAILURE_CODES)[Subject][number]

/** The code of a failure, e.g. `folder-unreachable`. */
export type FailureCode = CodeOf<keyof typeof FAILURE_CODES>

const ALL_CODES: ReadonlySet<string> = new Set(Object.values(FAILURE_CODES).flat())

/** A code as stored or sent by this or another version; `unknown` where this version has no such code. */
export function parseFailureCode(code: string): FailureCode {
  return ALL_CODES.has(code) ? (code as FailureCode) : 'unknown'
}

/** What the window does about a failure: `restore` offers the backups, `wait for engine` shows that nothing works until the engine runs again. */
export type FailureAction = 'restore' | 'wait for engine'

/** Something that went wrong and that a person can do something about. `message` says what and where, `remedy` what to do. */
export interface Failure {
  code: FailureCode
  message: string
  remedy: string
  action?: FailureAction | undefined
  /** The field of the input that it is about, e.g. `name` or `folder`. */
  field?: string | undefined
}

/** A place in a file that is text: line and column from 1, column and length in UTF-16 units; a length counts the line ends that it spans. */
export interface Place {
  line: number
  column: number
  length: number
}

/** One reason why an order cannot be written, before anything is written. */
export interface ExportProblem extends Failure {
  code: CodeOf<'exporting'>
  /** The order's field in the user's words, e.g. `customer code` or `line 2: product code`. */
  field: string
  /** The value that does not fit, as it is. */
  value: string
  /** Where the value, or else its line or row, would stand in the file; not there where it has no place. */
  at?: Place
}

/** A value that was changed on its way into a file, so that it is safe or fits. */
export interface ValueChange {
  field: string
  before: string
  after: string
  /** E.g. `"<F9>" could press a key in Attaché`. */
  reason: string
  /** Where the changed value, or else its line or row, stands in the file; not there where it has no place. */
  at?: Place
}

/** Answer of every command: never an exception across a process boundary, never undefined. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure }

/** Thrown inside the engine for failures that a person can act on; the dispatcher turns it into a `Failure`. */
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

  /** The failure alone, as it crosses a process boundary. */
  toFailure(): Failure {
    const { code, message, remedy, action, field } = this
    return { code, message, remedy, action, field }
  }
}

/** Makes the compiler check that a switch over a union is complete. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}

/** What an error says. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
