import type { FailureError } from '../../../src-shared/failure'
import type { Secrets } from '../context/context'

/** For programs that have no keeper of secrets: nothing is ever stored. */
export const NO_SECRETS: Secrets = {
  whyNot: async () => 'this program has no safe place for it',
  seal: async () => null,
  open: async () => null,
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
