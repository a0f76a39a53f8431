import type { FailureError } from '../../../src-shared/failure'

/** Keeps secrets sealed by the computer's own means. The engine stores what is sealed and never the secret. */
export interface Secrets {
  /** Why nothing can be sealed on this computer, one sentence; null where it can. */
  whyNot(): Promise<string | null>
  /** The text sealed; null where that fails. */
  seal(text: string): Promise<string | null>
  /** What was sealed; null where it cannot be opened, e.g. on another computer. */
  open(sealed: string): Promise<string | null>
}

/** For programs that have no keeper of secrets: nothing is ever stored. */
export const NO_SECRETS: Secrets = {
  whyNot: async () => 'this program has no safe place for it',
  seal: async () => null,
  open: async () => null,
}

/** What sending mail depends on beside the settings in the database. */
export interface MailAccount {
  secrets: Secrets
  /** A password that lives as long as the program; it goes before the stored one. */
  passwordInMemory: string | null
  /** More certificate authorities to believe, PEM. */
  ca: string | null
  /** The longest that one mail may take. */
  limitMs: number
}

/** What a mail server needs to know of one mail; everything is checked. */
export interface Mail {
  messageId: string
  at: Date
  to: string
  subject: string
  text: string
}

/** A mail server with everything that it takes to use it. */
export interface MailServer {
  host: string
  port: number
  security: 'none' | 'STARTTLS' | 'TLS'
  user: string
  password: string
  fromName: string
  fromAddress: string
  replyTo: string
  ca: string | null
  limitMs: number
}

/**
 * How a mail ended. `server`: nothing was sent, and the next mail would fare alike; `notice`: the server refused this mail;
 * `unknown`: its content went out and no answer came, so it may have been sent; `stopped`: the program ends, nothing was sent.
 */
export type MailOutcome =
  | { kind: 'taken'; answer: string }
  | { kind: 'server' | 'unknown'; failure: FailureError }
  | { kind: 'notice'; isPermanent: boolean; failure: FailureError }
  | { kind: 'stopped' }
