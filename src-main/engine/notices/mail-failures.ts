import { type FailureCode, FailureError } from '../../../src-shared/failure'
import type { MailServer } from './mail-account'
import { oneLine } from './notice-text'

/** What the SMTP library says of an error. */
export interface SmtpError extends Error {
  code?: string | undefined
  /** The system's own code behind it, e.g. ECONNREFUSED. */
  originalCode?: string | undefined
  command?: string | undefined
  response?: string | undefined
  responseCode?: number | undefined
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS_CERT|CRL_|HOSTNAME_MISMATCH/
const LONGEST_ANSWER = 500

/** The server's words, without anything that is secret, on one line. */
export function serverWords(text: string, server: Pick<MailServer, 'user' | 'password'>): string {
  let words = text
  if (server.password !== '') {
    const base64 = (value: string) => Buffer.from(value, 'utf8').toString('base64')
    const secrets = [server.password, base64(server.password), base64(`\0${server.user}\0${server.password}`)]
    for (const secret of secrets) words = words.replaceAll(secret, '(password)')
  }
  return oneLine(words, LONGEST_ANSWER)
}

/** What went wrong with the mail server, for a person; the server's own words where it said any. */
export function mailFailure(error: SmtpError, server: MailServer): FailureError {
  const where = `${server.host}, port ${server.port}`
  const said = error.response === undefined ? '' : ` It answered: ${serverWords(error.response, server)}`
  const reason = serverWords(error.message, server)
  const failure = (code: FailureCode, message: string, remedy: string) => new FailureError({ code, message, remedy }, { cause: error })
  const system = error.originalCode ?? error.code ?? ''
  if (error.code === 'EAUTH') {
    return failure(
      'mail-sign-in-refused',
      `The mail server ${where} does not accept the user name or the password.${said}`,
      'Check user and password in Settings, E-mail. Some providers want a password made for programs ("app password").',
    )
  }
  if (CERTIFICATE.test(system)) {
    return failure(
      'mail-certificate-refused',
      `The mail server ${where} did not prove who it is: ${reason}.`,
      'Check the server name in Settings, E-mail: it has to be the name in the server’s certificate. Ask who runs the server for a certificate of a known authority. Nothing was sent to it.',
    )
  }
  if (error.code === 'ETLS' || /SSL|TLS|EPROTO|wrong version/i.test(`${system} ${error.message}`)) {
    return failure(
      'mail-encryption-failed',
      `No encrypted connection to the mail server ${where} came about: ${reason}.`,
      'Check port and security in Settings, E-mail: usual are 587 with STARTTLS and 465 with TLS.',
    )
  }
  if (error.code === 'EDNS' || system === 'ENOTFOUND' || system === 'EAI_AGAIN') {
    return failure(
      'mail-server-unknown',
      `The mail server ${server.host} cannot be found.`,
      'Check its name in Settings, E-mail, and whether this computer is online.',
    )
  }
  if (error.code === 'ETIMEDOUT' || system === 'ETIMEDOUT') {
    return failure(
      'mail-server-slow',
      `The mail server ${where} does not answer.`,
      'Check server and port in Settings, E-mail, and whether a firewall lets this computer reach it.',
    )
  }
  if (error.responseCode !== undefined) return refusedByServer(error, server, where, said, failure)
  return failure(
    'mail-server-unreachable',
    `The mail server ${where} cannot be reached: ${reason}.`,
    'Check server and port in Settings, E-mail, and whether the server runs.',
  )
}

function refusedByServer(
  error: SmtpError,
  server: MailServer,
  where: string,
  said: string,
  failure: (code: FailureCode, message: string, remedy: string) => FailureError,
): FailureError {
  if (error.command === 'RCPT TO') {
    return failure('mail-address-refused', `The mail server refused the address.${said}`, 'Check the customer’s e-mail address.')
  }
  if (error.command === 'MAIL FROM') {
    return failure(
      'mail-sender-refused',
      `The mail server ${where} does not send for ${server.fromAddress}.${said}`,
      'Check From address, user and password in Settings, E-mail.',
    )
  }
  if (error.command === 'DATA') {
    return failure(
      'mail-refused',
      `The mail server refused the mail.${said}`,
      'Read its answer; change the template where it objects to the text.',
    )
  }
  return failure('mail-server-refused', `The mail server ${where} refused to work.${said}`, 'Read its answer, or ask who runs the server.')
}

/** Its content went out and no answer came. */
export function unknownFailure(): FailureError {
  return new FailureError({
    code: 'notice-unknown',
    message:
      'The mail may have been sent: it was handed to the mail server, and the connection or the program ended before the server’s answer.',
    remedy: 'Ask the customer, or look into the mail server’s log. Try Again sends it once more; Dismiss leaves it as it is.',
  })
}

/** No mail server was set up. */
export function mailNotConfigured(): FailureError {
  return new FailureError({
    code: 'mail-not-configured',
    message: 'E-mail is not set up yet.',
    remedy: 'An administrator sets it up in Settings, E-mail. Without Notify Customer the status can be changed now.',
  })
}

/** The server wants a password, and there is none. */
export function passwordMissing(): FailureError {
  return new FailureError({
    code: 'mail-password-missing',
    message: 'The password of the mail server is missing.',
    remedy: 'Enter it in Settings, E-mail (on the command line: in the environment variable LEDGERDROP_SMTP_PASSWORD).',
  })
}
