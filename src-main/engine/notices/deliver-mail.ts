import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { FailureError } from '../../../src-shared/failure'
import type { Mail, MailOutcome, MailServer } from './mail-account'
import { mailFailure, type SmtpError, serverAnswer, unknownFailure } from './mail-failures'

/** Hooks into the sending of one email. */
interface DeliveryHooks {
  /** Awaited after the server has agreed to take the content and before the first byte is sent. */
  onHandOver(): Promise<void>
  /** Aborted when the program quits. An email that has not been handed over is then not sent. */
  signal: AbortSignal
}

/**
 * Sends one email to the server over a new connection. Never throws for a failure of the server or the network. Certificates are verified, and if
 * encryption is required, nothing is sent before it is established.
 */
export async function deliverMail(server: MailServer, mail: Mail, { onHandOver, signal }: DeliveryHooks): Promise<MailOutcome> {
  const content = await compose(server, mail)
  if (signal.aborted) return { kind: 'stopped' }
  let isHandedOver = false
  let handOverError: unknown = null
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.security === 'TLS',
    requireTLS: server.security === 'STARTTLS',
    ignoreTLS: server.security === 'none',
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(server.ca === null ? {} : { ca: server.ca }) },
    connectionTimeout: server.limitMs,
    greetingTimeout: server.limitMs,
    dnsTimeout: server.limitMs,
    socketTimeout: server.limitMs,
  })
  const connectionError = new Promise<never>((_resolve, reject) => connection.once('error', reject))
  connectionError.catch(() => {})
  const timeout = AbortSignal.timeout(server.limitMs)
  const stoppedOrTimedOut = new Promise<never>((_resolve, reject) => {
    timeout.addEventListener('abort', () => reject(Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' })))
    // If the email has been handed over, wait for the result. It arrives within moments; if not, the next start handles
    // the email.
    signal.addEventListener('abort', () => {
      if (!isHandedOver) reject(new StoppedError())
    })
  })
  stoppedOrTimedOut.catch(() => {})
  const step = <T>(work: (done: (error: SmtpError | null | undefined, value?: T) => void) => void) =>
    Promise.race([
      connectionError,
      stoppedOrTimedOut,
      new Promise<T | undefined>((resolve, reject) => work((error, value) => (error ? reject(error) : resolve(value)))),
    ])
  async function* stream() {
    try {
      await onHandOver()
    } catch (error) {
      handOverError = error
      throw error
    }
    isHandedOver = true
    yield content
  }
  try {
    await step<void>((done) => connection.connect(done))
    if (server.user !== '') {
      if (!connection.allowsAuth) return { kind: 'server failed', failure: signInNotOffered(server) }
      await step<boolean>((done) => connection.login({ user: server.user, pass: server.password }, done))
    }
    const envelope = { from: server.fromAddress, to: [mail.to] }
    const info = await step<{ response: string }>((done) => connection.send(envelope, Readable.from(stream()), done))
    return { kind: 'accepted', answer: serverAnswer(info?.response ?? '', server) }
  } catch (error) {
    if (handOverError !== null) throw handOverError
    if (error instanceof StoppedError) return { kind: 'stopped' }
    return outcomeOf(error as SmtpError, server, isHandedOver)
  } finally {
    connection.close()
  }
}

class StoppedError extends Error {}

function outcomeOf(error: SmtpError, server: MailServer, isHandedOver: boolean): MailOutcome {
  const { command, responseCode } = error
  if (isHandedOver && responseCode === undefined) return { kind: 'unknown', failure: unknownFailure() }
  const failure = mailFailure(error, server)
  const isRefusal = (command === 'RCPT TO' || command === 'DATA') && responseCode !== undefined && responseCode !== 421
  if (!isRefusal) return { kind: 'server failed', failure }
  return { kind: 'refused', isPermanent: responseCode >= 500 && responseCode !== 503, failure }
}

/** Returns the email as bytes: plain text in UTF-8, one sender, one recipient, no access to files or URLs. */
function compose(server: MailServer, mail: Mail): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: server.fromName, address: server.fromAddress },
    to: { name: '', address: mail.to },
    ...(server.replyTo === '' ? {} : { replyTo: { name: '', address: server.replyTo } }),
    subject: mail.subject,
    text: mail.text,
    textEncoding: 'quoted-printable',
    date: mail.at,
    messageId: mail.messageId,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

function signInNotOffered(server: MailServer): FailureError {
  return new FailureError({
    code: 'mail-sign-in-not-offered',
    message: `The mail server ${server.host}, port ${server.port}, does not accept a user name and password on this connection.`,
    remedy: 'Choose STARTTLS or TLS in Settings > Email. If the server needs no user name, leave it blank.',
  })
}
