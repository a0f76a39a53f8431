import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { MailSettingsInput } from '../../src-shared/mail'
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate'

/** An email as the server received it. */
export interface ReceivedEmail {
  from: string
  to: string[]
  /** Header and body as received. */
  raw: string
  isSecure: boolean
  user: string
}

/** How the server behaves. */
export interface MailServerOptions {
  security?: 'none' | 'STARTTLS' | 'TLS'
  /** The account that a client must sign in with. */
  account?: { user: string; password: string }
  /** Returns a reply code and text to refuse a recipient, or null to accept it. */
  onRecipient?: (address: string, attempt: number) => string | null
  /** Returns a reply code and text to refuse the sender, or null to accept it. */
  onSender?: (address: string) => string | null
  /** Returns a reply code and text to refuse the content after receiving it, or null to accept it. */
  onContent?: (attempt: number) => string | null
  /** Never responds after receiving the content. */
  isSilent?: boolean
  port?: number
}

function refusal(reply: string): Error {
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) })
}

/** A real SMTP server on the loopback interface. It needs no DNS. */
export class MailServer {
  readonly emails: ReceivedEmail[] = []
  /** The number of connections so far. */
  connections = 0
  port = 0
  private attempts = 0
  private readonly server: SMTPServer

  private constructor(private readonly options: MailServerOptions) {
    const { security = 'none', account } = options
    const respond = (reply: string | null | undefined, done: (error?: Error | null) => void) =>
      reply === null || reply === undefined ? done() : done(refusal(reply))
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
      onMailFrom: ({ address }, _session, done) => respond(options.onSender?.(address), done),
      onRcptTo: ({ address }, _session, done) => respond(options.onRecipient?.(address, ++this.attempts), done),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const reply = options.onContent?.(++this.attempts) ?? null
          if (reply === null) {
            const { mailFrom, rcptTo } = session.envelope
            this.emails.push({
              from: mailFrom === false ? '' : mailFrom.address,
              to: rcptTo.map(({ address }) => address),
              raw: Buffer.concat(chunks).toString('utf8'),
              isSecure: session.secure,
              user: session.user || '',
            })
          }
          if (options.isSilent !== true) respond(reply, done)
        })
      },
    }
    this.server = new SMTPServer(base)
    // Some tests abort the connection.
    this.server.on('error', () => {})
  }

  static async start(options: MailServerOptions = {}): Promise<MailServer> {
    const server = new MailServer(options)
    await new Promise<void>((resolve) => server.server.listen(options.port ?? 0, '127.0.0.1', resolve))
    server.port = (server.server.server.address() as AddressInfo).port
    return server
  }

  /** The mail settings for this server. */
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

/** An email's unfolded header fields by lower-case name, and its body, decoded from quoted-printable. */
export function readEmail(raw: string): { headers: Map<string, string[]>; body: string } {
  const end = raw.indexOf('\r\n\r\n')
  const headers = new Map<string, string[]>()
  for (const line of raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), decodeEncodedWords(line.slice(colon + 1).trim())])
  }
  return { headers, body: fromQuotedPrintable(raw.slice(end + 4)).replaceAll('\r\n', '\n') }
}

function fromQuotedPrintable(text: string): string {
  const bytes = text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function decodeEncodedWords(text: string): string {
  return text
    .replaceAll(/\?= =\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_all, kind: string, encoded: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(encoded, 'base64').toString('utf8') : fromQuotedPrintable(encoded.replaceAll('_', ' ')),
    )
}
