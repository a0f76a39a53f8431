import type { CommandOutput, ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { Database } from '../database/open-database'
import { readSetting, writeSetting } from '../database/settings-store'
import type { MailServer } from './mail-account'
import { mailAddress } from './mail-address'
import { mailNotConfigured, passwordMissing } from './mail-failures'
import { oneLine } from './notice-text'

/** The stored setting `mail`. The password is stored only in sealed (encrypted) form, if at all. */
interface StoredMail {
  host: string
  port: number
  security: MailServer['security']
  user: string
  fromName: string
  fromAddress: string
  replyTo: string
  sealedPassword: string | null
}

/** Returns the stored mail server; null until one is set up. */
export function storedMail(db: Database): Promise<StoredMail | null> {
  return readSetting<StoredMail | null>(db, 'mail', null)
}

/** Returns the mail settings that the screen shows. */
export async function mailSettings(engine: EngineContext): Promise<CommandOutput<'mail.get'>> {
  const stored = await storedMail(engine.db)
  const cannotStoreReason = await engine.secrets.unavailableReason()
  if (stored === null) return { server: null, password: 'not needed', cannotStoreReason }
  const { sealedPassword, ...server } = stored
  const password = stored.user === '' ? 'not needed' : engine.mail.passwordInMemory !== null ? 'until quit' : 'missing'
  if (password !== 'missing' || sealedPassword === null) return { server, password, cannotStoreReason }
  return { server, password: (await engine.secrets.open(sealedPassword)) === null ? 'missing' : 'kept', cannotStoreReason }
}

/**
 * Saves the mail server. Throws FailureError `mail-host-invalid`, `mail-address-invalid`, `mail-password-missing`,
 * `password-not-storable`. A saved password is used only for the server and user for which it was entered.
 */
export async function saveMailSettings(engine: EngineContext, input: ParsedInput<'mail.save'>): Promise<CommandOutput<'mail.get'>> {
  const before = await storedMail(engine.db)
  const checked = checkedServer(input)
  const { mail, secrets } = engine
  let sealedPassword: string | null = null
  let passwordInMemory: string | null = null
  if (checked.user !== '') {
    const password = input.password ?? (await savedPassword(engine, before, checked))
    if (password === null) throw passwordMissing()
    if (!input.isPasswordKept) passwordInMemory = password
    else {
      sealedPassword = await secrets.seal(password)
      if (sealedPassword === null) throw notStorable(await secrets.unavailableReason())
    }
  }
  const stored = { ...checked, sealedPassword } satisfies StoredMail
  await engine.write(({ db }) => writeSetting(db, 'mail', stored))
  mail.passwordInMemory = passwordInMemory
  return mailSettings(engine)
}

/** Returns the stored mail server with its password. Throws FailureError `mail-not-configured`, `mail-password-missing`. */
export async function mailServer(engine: EngineContext): Promise<MailServer> {
  const stored = await storedMail(engine.db)
  if (stored === null) throw mailNotConfigured()
  const { sealedPassword: _sealed, ...server } = stored
  return withAccount(engine, server, await savedPassword(engine, stored, stored))
}

/** Returns the mail server for settings that may be unsaved. Throws the errors of `saveMailSettings`, except `password-not-storable`. */
export async function draftServer(engine: EngineContext, input: ParsedInput<'mail.save'>): Promise<MailServer> {
  const checked = checkedServer(input)
  return withAccount(engine, checked, input.password ?? (await savedPassword(engine, await storedMail(engine.db), checked)))
}

function withAccount(engine: EngineContext, server: Omit<MailServer, 'password' | 'ca' | 'limitMs'>, password: string | null): MailServer {
  if (server.user !== '' && password === null) throw passwordMissing()
  return { ...server, password: server.user === '' ? '' : (password ?? ''), ca: engine.mail.ca, limitMs: engine.mail.limitMs }
}

/** Returns the saved password for a server and user; null if there is none. */
async function savedPassword(
  engine: EngineContext,
  stored: StoredMail | null,
  wanted: Pick<StoredMail, 'host' | 'user'>,
): Promise<string | null> {
  if (stored === null || stored.host !== wanted.host || stored.user !== wanted.user) return null
  if (engine.mail.passwordInMemory !== null) return engine.mail.passwordInMemory
  return stored.sealedPassword === null ? null : engine.secrets.open(stored.sealedPassword)
}

function checkedServer(input: ParsedInput<'mail.save'>): Omit<StoredMail, 'sealedPassword'> {
  const { host, port, security, user } = input
  if (!/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$|^[0-9A-Fa-f:]+$/.test(host)) {
    throw new FailureError({
      code: 'mail-host-invalid',
      message: `${oneLine(host)} is not a valid server name.`,
      remedy: 'Enter a name such as mail.example.com.',
    })
  }
  const fromAddress = requireAddress(input.fromAddress, 'From address')
  const replyTo = input.replyTo === '' ? '' : requireAddress(input.replyTo, 'Reply to')
  return { host: host.toLowerCase(), port, security, user: user.trim(), fromName: oneLine(input.fromName), fromAddress, replyTo }
}

/** Returns one plain email address. Throws FailureError `mail-address-invalid`. */
export function requireAddress(text: string, field: string): string {
  const address = mailAddress(text)
  if (address !== null) return address
  throw new FailureError({
    code: 'mail-address-invalid',
    message: `${field}: ${oneLine(text)} is not a valid email address.`,
    remedy: 'Enter a single address, such as sales@example.com.',
  })
}

function notStorable(reason: string | null): FailureError {
  return new FailureError({
    code: 'password-not-storable',
    message: `The password cannot be stored safely on this computer: ${reason ?? 'encrypting it failed'}.`,
    remedy: 'Tick "Ask for the password after each start". It is then kept only in memory.',
  })
}
