import { version } from '../../package.json'
import type { CommandInput, SyncSettings } from '../../src-shared/contract/contract'
import { NO_WRITE_BACK, type SignIn, STORE_INFO, STORE_KINDS, type StoreAccount, type StoreKind } from '../../src-shared/stores'
import { checkStore, environmentClient, FailureError } from '../engine/engine'
import { call } from './cli-engine'
import { UsageError } from './cli-output'
import { type ConnectedStore, startText } from './cli-store-text'
import type { CommandEngine } from './control-client'
import { STORE_ACCOUNT, STORE_SECRET } from './store-environment'

/** A store's kind and address, from `--store KIND=ADDRESS`. */
export interface GivenAddress {
  kind: StoreKind
  address: string
}

/** The options that describe a store. */
export interface StoreOptions {
  store: GivenAddress
  storeName?: string
  signIn?: SignIn
  allowHttp: boolean
  since?: string
  sendPast: boolean
}

/** Parses `KIND=ADDRESS`. Throws UsageError. */
export function parseStore(text: string): GivenAddress {
  const [, name, address] = /^([^=]+)=(.+)$/s.exec(text) ?? []
  const kind = STORE_KINDS.find((one) => one === name)
  if (address === undefined) throw new UsageError(`--store ${text}: use the form KIND=ADDRESS, e.g. woocommerce=https://shop.example.com.`)
  if (kind === undefined) throw new UsageError(`--store ${text}: there is no store ${name}. Use one of ${STORE_KINDS.join(', ')}.`)
  return { kind, address }
}

/** Parses a date (the start of the day by this computer's clock) or a time with its zone. Returns UTC ISO 8601. Throws UsageError. */
export function parseSince(text: string): string {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  const [, year, month, day] = date ?? []
  const at = date === null ? zonedTime(text) : new Date(Number(year), Number(month) - 1, Number(day))
  const isInCalendar = date === null || (at.getMonth() === Number(month) - 1 && at.getDate() === Number(day))
  if (Number.isNaN(at.getTime()) || !isInCalendar) throw new UsageError(`--since ${text}: use a date such as 2026-11-01.`)
  if (at.getTime() > Date.now()) throw new UsageError(`--since ${text}: the date is in the future.`)
  return at.toISOString()
}

function zonedTime(text: string): Date {
  return new Date(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : Number.NaN)
}

/** A store that was tested and can be saved. */
export interface TestedStore extends ConnectedStore {
  account: StoreAccount
  secret: string
}

/**
 * Connects to the store of the options with the key in the environment, so that nothing is changed if that fails. Throws UsageError, and the
 * FailureErrors of docs/stores.md.
 */
export async function testGivenStore(options: StoreOptions, environment: NodeJS.ProcessEnv): Promise<TestedStore> {
  const { kind, address } = options.store
  const info = STORE_INFO[kind]
  const signIn = options.signIn ?? info.signIns[0]
  if (signIn === undefined || !info.signIns.includes(signIn)) {
    throw new UsageError(`--sign-in ${signIn}: ${info.title} has ${info.signIns.map((one) => `"${one}"`).join(', ')}.`)
  }
  if (signIn === 'authorization code')
    throw new UsageError(`--sign-in "${signIn}" needs a browser: connect the store in Ledgerdrop's window.`)
  if (options.sendPast && options.since === undefined) throw new UsageError('--send-past requires --since.')
  const accountName = environment[STORE_ACCOUNT] ?? ''
  const secret = environment[STORE_SECRET] ?? ''
  if (secret === '' || (accountName === '' && signIn !== 'admin token')) {
    const needed =
      signIn === 'admin token' ? `${STORE_SECRET} to the token` : `${STORE_ACCOUNT} and ${STORE_SECRET} to the store's ${KEYS[signIn]}`
    throw new UsageError(`set the environment variables ${needed}. They are not options, because other users can see a command's options.`)
  }
  const entered = { kind, address, allowsHttp: options.allowHttp, signIn, account: accountName }
  const since = options.since === undefined ? null : parseSince(options.since)
  const { account, facts, counts } = await checkStore(environmentClient(environment), version, entered, secret, since)
  return { name: options.storeName?.trim() || info.title, account, secret, facts, counts, since, isSent: options.sendPast }
}

const KEYS: Readonly<Record<Exclude<SignIn, 'admin token' | 'authorization code'>, string>> = {
  'application password': 'user name and application password',
  'consumer key': 'consumer key and consumer secret',
  'client credentials': 'client id and client secret',
}

/** Saves a tested store as a source. The key is kept if the engine's program has a key store. Throws the FailureErrors of `stores.save`. */
export async function saveTestedStore(
  engine: CommandEngine,
  { name, account, secret, since, isSent }: TestedStore,
  destinationId: number,
): Promise<{ settings: SyncSettings; isSecretKept: boolean }> {
  const input: Omit<CommandInput<'stores.save'>, 'isSecretKept'> = {
    name,
    destinationId,
    account,
    secret: { from: 'input', text: secret },
    statuses: {},
    writeBack: NO_WRITE_BACK,
    start: since === null ? null : { since, isSent },
  }
  try {
    return { settings: await call(engine, 'stores.save', { ...input, isSecretKept: true }), isSecretKept: true }
  } catch (error) {
    if (!(error instanceof FailureError) || error.code !== 'password-not-storable') throw error
    return { settings: await call(engine, 'stores.save', { ...input, isSecretKept: false }), isSecretKept: false }
  }
}

/** What was connected, for the output of `init` and `add-store`. */
export function connectedText(store: TestedStore, isSecretKept: boolean): string {
  const key = isSecretKept
    ? 'The key is kept in the key store of this computer.'
    : `The key is not stored. Commands read it from ${STORE_SECRET}; Ledgerdrop's window asks for it.`
  const { name, account, facts } = store
  return [`${name}: ${facts.shopName}, ${facts.version}, ${account.address}`, startText(store), key].join('\n')
}
