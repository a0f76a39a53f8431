import type { CommandInput, GivenSecret, SourceRow, StoreFacts } from '../../src-shared/contract/contract'
import {
  NO_WRITE_BACK,
  type SignIn,
  STORE_INFO,
  type StatusMeaning,
  type StoreAccount,
  type StoreKind,
  type WriteBack,
} from '../../src-shared/stores'
import { localDayStart } from '../text/dates'

/** What a person has entered about a store. */
export interface StoreDraft {
  name: string
  destinationId: number
  address: string
  allowsHttp: boolean
  signIn: SignIn
  account: string
  /** As typed; empty if the saved secret or that of a sign-in is used. */
  secret: string
  /** The approved sign-in in the browser that has the secret; null if there is none. */
  signInId: number | null
  /** Null: as before, or kept if the computer can. */
  isSecretPrompted: boolean | null
  /** Meanings by the store's status. Statuses that nobody has decided about are missing. */
  statuses: Readonly<Record<string, StatusMeaning>>
  writeBack: WriteBack
  /** True if the mark is written back, even while its name is empty. */
  hasMark: boolean
  isSince: boolean
  /** The local day, `2026-03-14`, or empty. */
  sinceDay: string
  isPastSent: boolean
}

/** The input that saves a store, without the destination, which the guide doesn't have yet. */
export type StoreInput = Omit<CommandInput<'stores.save'>, 'destinationId'>

/** The draft of a saved source, or of a new one. */
export function draftOf(kind: StoreKind, source: SourceRow | null, destinationId: number): StoreDraft {
  const { title, signIns, statuses } = STORE_INFO[kind]
  const store = source?.store ?? null
  const writeBack = store?.writeBack ?? NO_WRITE_BACK
  return {
    name: source?.name ?? title,
    destinationId: source?.destinationId ?? destinationId,
    address: store?.address ?? '',
    allowsHttp: store?.allowsHttp ?? false,
    signIn: store?.signIn ?? signIns[0] ?? 'consumer key',
    account: store?.account ?? '',
    secret: '',
    signInId: null,
    isSecretPrompted: null,
    statuses: store?.statuses ?? statuses,
    writeBack,
    hasMark: writeBack.mark !== '',
    isSince: false,
    sinceDay: '',
    isPastSent: false,
  }
}

/** Ways to sign in that have no account name. */
export function hasAccount(signIn: SignIn): boolean {
  return signIn !== 'admin token'
}

/** Ways to sign in that continue on the store's own page in the browser. */
export function hasBrowserPage(signIn: SignIn): boolean {
  return signIn === 'application password' || signIn === 'authorization code'
}

/** True if an address is plain http, which a person has to allow. Addresses of this computer are safe. */
export function isPlainHttp(address: string): boolean {
  return /^\s*http:\/\//i.test(address) && !/^\s*http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])([:/]|\s*$)/i.test(address)
}

/** The account of a draft, as the engine takes it. */
export function accountOf(kind: StoreKind, { address, allowsHttp, signIn, account }: StoreDraft): StoreAccount {
  return {
    kind,
    address: address.trim(),
    allowsHttp: allowsHttp && isPlainHttp(address),
    signIn,
    account: hasAccount(signIn) ? account.trim() : '',
  }
}

/** Where the secret of a draft comes from. */
export function secretOf({ secret, signInId }: StoreDraft): GivenSecret {
  if (signInId !== null) return { from: 'sign-in', signInId }
  return secret === '' ? { from: 'saved' } : { from: 'input', text: secret.trim() }
}

/**
 * The start of the day from which a new store's orders are read; null if the day is missing, invalid or in the future.
 * UTC ISO 8601.
 */
export function sinceOf({ sinceDay }: StoreDraft, now: number): string | null {
  const start = localDayStart(sinceDay)
  return start === null || Date.parse(start) > now ? null : start
}

/** A status of a store, as the table lists it. */
export interface StatusRow {
  status: string
  title: string
  /** The number of orders that have it; null if it isn't known. */
  count: number | null
  /** Null: nobody has decided. */
  meaning: StatusMeaning | null
}

/** Every known status, in the store's own order where it gave one, undecided ones first. */
export function statusRows(kind: StoreKind, draft: StoreDraft, facts: StoreFacts | null): StatusRow[] {
  const listed = new Map(facts?.statuses.map((one) => [one.status, one]))
  const names = new Set([...listed.keys(), ...Object.keys(STORE_INFO[kind].statuses), ...Object.keys(draft.statuses)])
  const rows = [...names].map((status) => ({
    status,
    title: listed.get(status)?.title ?? titleOf(status),
    count: listed.get(status)?.count ?? null,
    meaning: Object.hasOwn(draft.statuses, status) ? (draft.statuses[status] ?? null) : null,
  }))
  return [...rows.filter(({ meaning }) => meaning === null), ...rows.filter(({ meaning }) => meaning !== null)]
}

/** A status as a person reads it, e.g. `On hold` for `on-hold`. */
function titleOf(status: string): string {
  const text = status.replaceAll(/[-_]+/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The orders that a store has, and how many are ready by what the statuses mean; null if the store doesn't say. */
export function readyOrders(rows: readonly StatusRow[]): { total: number; ready: number } | null {
  const counted = rows.filter(({ count }) => count !== null)
  if (counted.length === 0) return null
  const sum = (some: readonly StatusRow[]) => some.reduce((total, { count }) => total + (count ?? 0), 0)
  return { total: sum(counted), ready: sum(counted.filter(({ meaning }) => meaning === 'Pending')) }
}
