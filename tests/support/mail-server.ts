import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { MailSettingsInput } from '../../src-shared/mail'
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate'

/** A mail as the server got it. */
export interface GotMail {
  from: string
  to: string[]
  /** Header and body as they came over the wire. */
  raw: string
  isSecure: boolean
  user: string
}

/** What a test wants the server to do. */
export interface MailServerOptions {
  security?: 'none' | 'STARTTLS' | 'TLS'
  /** Takes mail only after these were given. */
  account?: { user: string; password: string }
  /** Refuses a recipient: code and text, or null to take it. */
  onRecipient?: (address: string, attempt: number) => string | null
  /** Refuses the sender. */
  onSender?: (address: string) => string | null
  /** Refuses the content after it has come. */
  onContent?: (attempt: number) => string | null
  /** Never answers after the content has come. */
  isSilent?: boolean
  port?: number
}

function refusal(words: string): Error {
  return Object.assign(new Error(words.slice(4)), { responseCode: Number(words.slice(0, 3)) })
}

/** A real SMTP server on this computer's own interface, without a name to look up anywhere. */
export class MailServer {
  readonly mails: GotMail[] = []
  /** Connections so far. */
  connections = 0
  port = 0
  private attempts = 0
  private readonly server: SMTPServer

  private constructor(private readonly options: MailServerOptions) {
    const { security = 'none', account } = options
    const answer = (words: string | null | undefined, done: (error?: Error | null) => void) =>
      words === null || words === undefined ? done() : done(refusal(words))
    const base: SMTPServerOptions = {
      secure: security === 'TLS',
      key: TEST_KEY,
      cert: TEST_CERTIFICATE,
      disabledCommands: [...(security === 'none' ? ['STARTTLS'] : []), ...(account === undefined ? ['AUTH'] : [])],
      allowInsecureAuth: security === 'none',
      authOptional: account === undefined,
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 100,
      onConnect: (_session, done) => {
        this.connections += 1
        done()
      },
      onAuth: ({ username, password }, _session, done) =>
        username === account?.user && password === account?.password
          ? done(null, { user: username })
          : done(refusal('535 5.7.8 No such user')),
      onMailFrom: ({ address }, _session, done) => answer(options.onSender?.(address), done),
      onRcptTo: ({ address }, _session, done) => answer(options.onRecipient?.(address, ++this.attempts), done),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const words = options.onContent?.(++this.attempts) ?? null
          if (words === null) {
            const { mailFrom, rcptTo } = session.envelope
            this.mails.push({
              from: mailFrom === false ? '' : mailFrom.address,
              to: rcptTo.map(({ address }) => address),
              raw: Buffer.concat(chunks).toString('utf8'),
              isSecure: session.secure,
              user: session.user || '',
            })
          }
          if (options.isSilent !== true) answer(words, done)
        })
      },
    }
    this.server = new SMTPServer(base)
    // A client that breaks off is part of the tests.
    this.server.on('error', () => {})
  }

  static async start(options: MailServerOptions = {}): Promise<MailServer> {
    const server = new MailServer(options)
    await new Promise<void>((resolve) => server.server.listen(options.port ?? 0, '127.0.0.1', resolve))
    server.port = (server.server.server.address() as AddressInfo).port
    return server
  }

  /** Settings for this server. */
  get settings(): MailSettingsInput {
    const { security = 'none', account } = this.options
    return {
      host: 'localhost',
      port: this.port,
      security,
      ...(account === undefined ? {} : { user: account.user, password: account.password, isPasswordKept: false }),
      fromName: 'Example Gardens',
      fromAddress: 'sales@gardens.example',
    }
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve))
  }
}

/** A mail's header fields by lower-case name, unfolded, and its body with quoted-printable undone. */
export function readMail(raw: string): { headers: Map<string, string[]>; body: string } {
  const end = raw.indexOf('\r\n\r\n')
  const headers = new Map<string, string[]>()
  for (const line of raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), decodeWords(line.slice(colon + 1).trim())])
  }
  return { headers, body: fromQuotedPrintable(raw.slice(end + 4)).replaceAll('\r\n', '\n') }
}

function fromQuotedPrintable(text: string): string {
  const bytes = text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function decodeWords(text: string): string {
  return text
    .replaceAll(/\?= =\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_all, kind: string, words: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(words, 'base64').toString('utf8') : fromQuotedPrintable(words.replaceAll('_', ' ')),
    )
}
