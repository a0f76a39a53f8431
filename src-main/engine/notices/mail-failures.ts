import { type FailureCode, FailureError } from '../../../src-shared/failure'
import type { MailServer } from './mail-account'
import { oneLine } from './notice-text'

/** An error from the SMTP library. */
export interface SmtpError extends Error {
  code?: string | undefined
  /** The operating system's error code, e.g. ECONNREFUSED. */
  originalCode?: string | undefined
  command?: string | undefined
  response?: string | undefined
  responseCode?: number | undefined
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS_CERT|CRL_|HOSTNAME_MISMATCH/
const MAX_ANSWER_LENGTH = 500

/** Returns the server's answer on one line, without the password. */
export function serverAnswer(text: string, server: Pick<MailServer, 'user' | 'password'>): string {
  let answer = text
  if (server.password !== '') {
    const base64 = (value: string) => Buffer.from(value, 'utf8').toString('base64')
    const secrets = [server.password, base64(server.password), base64(`\0${server.user}\0${server.password}`)]
    for (const secret of secrets) answer = answer.replaceAll(secret, '(password)')
  }
  return oneLine(answer, MAX_ANSWER_LENGTH)
}

/** Returns a failure that explains an SMTP error, with the server's own answer if there is one. */
export function mailFailure(error: SmtpError, server: MailServer): FailureError {
  const where = `${server.host}, port ${server.port}`
  const answerText = error.response === undefined ? '' : ` It answered: ${serverAnswer(error.response, server)}`
  const reason = serverAnswer(error.message, server)
  const failure = (code: FailureCode, message: string, remedy: string) => new FailureError({ code, message, remedy }, { cause: error })
  const systemCode = error.originalCode ?? error.code ?? ''
  if (error.code === 'EAUTH') {
    return failure(
      'mail-sign-in-refused',
      `The mail server ${where} does not accept the user name or the password.${answerText}`,
      'Check the user name and password in Settings > Email. Some providers need a password made for programs (an "app password").',
    )
  }
  if (CERTIFICATE.test(systemCode)) {
    return failure(
      'mail-certificate-refused',
      `The mail server ${where} could not prove its identity: ${reason}.`,
      'Nothing was sent to it. Check the server name in Settings > Email: it must be the name in the server’s certificate. If the name is right, ask the server’s administrator for a certificate from a trusted authority.',
    )
  }
  if (error.code === 'ETLS' || /SSL|TLS|EPROTO|wrong version/i.test(`${systemCode} ${error.message}`)) {
    return failure(
      'mail-encryption-failed',
      `Ledgerdrop could not make an encrypted connection to the mail server ${where}: ${reason}.`,
      'Check the port and security in Settings > Email. Most servers use 587 with STARTTLS, or 465 with TLS.',
    )
  }
  if (error.code === 'EDNS' || systemCode === 'ENOTFOUND' || systemCode === 'EAI_AGAIN') {
    return failure(
      'mail-server-unknown',
      `The mail server ${server.host} cannot be found.`,
      'Check the server name in Settings > Email, and whether this computer is online.',
    )
  }
  if (error.code === 'ETIMEDOUT' || systemCode === 'ETIMEDOUT') {
    return failure(
      'mail-server-slow',
      `The mail server ${where} does not respond.`,
      'Check the server and port in Settings > Email, and whether a firewall blocks the connection.',
    )
  }
  if (error.responseCode !== undefined) return refusedByServer(error, server, where, answerText, failure)
  return failure(
    'mail-server-unreachable',
    `The mail server ${where} cannot be reached: ${reason}.`,
    'Check the server and port in Settings > Email, and whether the server is running.',
  )
}

function refusedByServer(
  error: SmtpError,
  server: MailServer,
  where: string,
  answerText: string,
  failure: (code: FailureCode, message: string, remedy: string) => FailureError,
): FailureError {
  if (error.command === 'RCPT TO') {
    return failure('mail-address-refused', `The mail server refused the address.${answerText}`, 'Check the customer’s email address.')
  }
  if (error.command === 'MAIL FROM') {
    return failure(
      'mail-sender-refused',
      `The mail server ${where} does not send email from ${server.fromAddress}.${answerText}`,
      'Check the From address, user name and password in Settings > Email.',
    )
  }
  if (error.command === 'DATA') {
    return failure(
      'mail-refused',
      `The mail server refused the email.${answerText}`,
      'Read its answer. If it objects to the text, change the template.',
    )
  }
  return failure(
    'mail-server-refused',
    `The mail server ${where} refused the request.${answerText}`,
    'Read its answer, or ask the server’s administrator.',
  )
}

/** Returns the failure for an email whose content was sent, but whose result is unknown because the server did not answer. */
export function unknownFailure(): FailureError {
  return new FailureError({
    code: 'notice-unknown',
    message:
      'The email may have been sent. It was handed to the mail server, but the connection or the program ended before the server answered.',
    remedy: 'Ask the customer, or check the mail server’s log. Choose Try Again to send it once more. Dismiss leaves it as it is.',
  })
}

/** Returns the failure for email that is not set up. */
export function mailNotConfigured(): FailureError {
  return new FailureError({
    code: 'mail-not-configured',
    message: 'Email is not set up yet.',
    remedy: 'Ask an administrator to set it up in Settings > Email. You can change the status now without Notify Customer.',
  })
}

/** Returns the failure for a mail server whose password is missing. */
export function passwordMissing(): FailureError {
  return new FailureError({
    code: 'mail-password-missing',
    message: 'The password of the mail server is missing.',
    remedy: 'Enter it in Settings > Email. On the command line, set the environment variable LEDGERDROP_SMTP_PASSWORD.',
  })
}
