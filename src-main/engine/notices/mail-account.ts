import type { FailureError } from '../../../src-shared/failure'
import type { Secrets } from '../context/context'

/** `Secrets` for programs without a key store: nothing is ever stored. */
export const NO_SECRETS: Secrets = {
  unavailableReason: async () => 'this program has no safe place for it',
  seal: async () => null,
  open: async () => null,
}

/** One email to send. All fields have been checked. */
export interface Mail {
  messageId: string
  at: Date
  to: string
  subject: string
  text: string
}

/** A mail server with everything that is needed to use it. */
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
 * The outcome of sending one email. `accepted`: the server accepted it. `server failed`: nothing was sent, and the next email would fail in the
 * same way. `refused`: the server refused this email. `unknown`: its content was sent but no answer came, so it may have been sent. `stopped`: the
 * program is quitting, and nothing was sent.
 */
export type MailOutcome =
  | { kind: 'accepted'; answer: string }
  | { kind: 'server failed' | 'unknown'; failure: FailureError }
  | { kind: 'refused'; isPermanent: boolean; failure: FailureError }
  | { kind: 'stopped' }
