import { useEffect, useState } from 'react'
import type { SourceRow, StoreFacts } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import type { StoreKind } from '../../src-shared/stores'
import { call } from '../client/client'
import { trackLatestRequest } from '../client/track-latest-request'
import { useQuery } from '../client/use-query'
import { guardUnsaved } from '../navigation/guard-unsaved'
import { storesText } from '../text/stores-text'
import {
  accountOf,
  draftOf,
  hasAccount,
  hasBrowserPage,
  type StatusRow,
  type StoreDraft,
  type StoreInput,
  secretOf,
  sinceOf,
  statusRows,
} from './store-draft'
import { type BrowserSignIn, useBrowserSignIn } from './use-browser-sign-in'

const text = storesText.connect

/** Messages by field. */
export type StoreErrors = Partial<Record<'name' | 'address' | 'account' | 'secret' | 'sinceDay' | 'mark', string>>

/** The state of the form of a store. */
export interface StoreForm {
  kind: StoreKind
  /** Null: a new store. */
  source: SourceRow | null
  draft: StoreDraft
  change: (part: Partial<StoreDraft>) => void
  errors: StoreErrors
  /** What Test Connection found with the draft's account; null before the test. */
  facts: StoreFacts | null
  isTesting: boolean
  /** Why the test failed or the source was not saved. */
  failure: Failure | null
  test: () => Promise<boolean>
  browser: BrowserSignIn
  rows: StatusRow[]
  /** Why this computer can't keep the key; null if it can. */
  cannotStoreReason: string | null
  isSecretPrompted: boolean
  /** False until it is known where the key is kept. */
  isReady: boolean
  readyFailure: Failure | null
  readAgain: () => void
  isSaving: boolean
  save: () => Promise<boolean>
}

interface StoreFormOptions {
  kind: StoreKind
  source: SourceRow | null
  destinationId: number
  /** Saves the source. Returns why it was refused, or null. */
  onSave: (input: StoreInput, destinationId: number) => Promise<Failure | null>
}

/** The draft of a store's connection, with its test, its sign-in in the browser, and its checks. */
export function useStoreForm({ kind, source, destinationId, onSave }: StoreFormOptions): StoreForm {
  const [initial] = useState(() => draftOf(kind, source, destinationId))
  const [draft, setDraft] = useState(initial)
  const [errors, setErrors] = useState<StoreErrors>({})
  const [facts, setFacts] = useState<StoreFacts | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isTesting, setTesting] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [startTest] = useState(trackLatestRequest)
  const secrets = useQuery('stores.secrets', {})
  const browser = useBrowserSignIn((signInId, account) => {
    const signedIn = { ...draft, account, signInId, secret: '' }
    setDraft(signedIn)
    void test(signedIn)
  })
  const isDirty = JSON.stringify(draft) !== JSON.stringify(initial)

  useEffect(() => {
    guardUnsaved(isDirty)
    return () => guardUnsaved(false)
  }, [isDirty])

  const change = (part: Partial<StoreDraft>) => {
    const next = { ...draft, ...part }
    const isOtherKey = CONNECTION_FIELDS.some((field) => next[field] !== draft[field])
    // A key that a store has sent is for that store only.
    const isOtherStore = next.address !== draft.address || next.signIn !== draft.signIn || next.secret !== draft.secret
    if (isOtherStore && browser.state.kind !== 'idle') browser.end()
    if (isOtherStore) next.signInId = null
    if (isOtherKey) {
      // The answer of a test that is still running is about the former connection.
      startTest()
      setTesting(false)
      setFacts(null)
      setFailure(null)
    }
    // What would be sent was confirmed for these statuses and this date.
    if (next.statuses !== draft.statuses || next.sinceDay !== draft.sinceDay) next.isPastSent = false
    setDraft(next)
    setErrors({})
  }

  const test = async (tested: StoreDraft): Promise<boolean> => {
    const found = checkConnection(tested, source)
    setErrors(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return false
    const isLatest = startTest()
    setTesting(true)
    const account = accountOf(kind, tested)
    const result = await call('stores.test', { ...(source === null ? {} : { sourceId: source.id }), account, secret: secretOf(tested) })
    if (!isLatest()) return false
    setTesting(false)
    setFacts(result.ok ? result.value : null)
    setFailure(result.ok ? null : result.error)
    if (!result.ok) return false
    // The shop's own name is better than the name of its kind.
    if (source === null) setDraft((now) => (now.name === initial.name ? { ...now, name: result.value.shopName.slice(0, 60) } : now))
    return true
  }

  const { cannotStoreReason = null, keptFor = [] } = secrets.value ?? {}
  const isAskedBefore = source !== null && !keptFor.includes(source.id)
  const isSecretPrompted = cannotStoreReason !== null || (draft.isSecretPrompted ?? isAskedBefore)

  const save = async (): Promise<boolean> => {
    const found = { ...checkConnection(draft, source), ...checkRest(draft, source) }
    setErrors(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return false
    setSaving(true)
    const since = draft.isSince ? sinceOf(draft, Date.now()) : null
    const error = await onSave(
      {
        ...(source === null ? {} : { id: source.id }),
        name: draft.name.trim(),
        account: accountOf(kind, draft),
        secret: secretOf(draft),
        isSecretKept: !isSecretPrompted,
        statuses: { ...draft.statuses },
        writeBack: { ...draft.writeBack, mark: draft.hasMark ? draft.writeBack.mark.trim() : '' },
        start: since === null ? null : { since, isSent: draft.isPastSent },
      },
      draft.destinationId,
    )
    setSaving(false)
    if (error === null) guardUnsaved(false)
    else if (error.field === 'name') setErrors({ name: `${error.message} ${error.remedy}` })
    else setFailure(error)
    return error === null
  }

  return {
    kind,
    source,
    draft,
    change,
    errors,
    facts,
    isTesting,
    failure,
    test: () => test(draft),
    browser,
    rows: statusRows(kind, draft, facts),
    cannotStoreReason,
    isSecretPrompted,
    isReady: secrets.value !== null,
    readyFailure: secrets.value === null ? secrets.failure : null,
    readAgain: () => void secrets.read(),
    isSaving,
    save,
  }
}

/** A change to one of these needs another test. */
const CONNECTION_FIELDS = ['address', 'allowsHttp', 'signIn', 'account', 'secret', 'signInId'] as const

function checkConnection(draft: StoreDraft, source: SourceRow | null): StoreErrors {
  const { signIn, address, account, secret, signInId } = draft
  const labels = text.signIns[signIn]
  const errors: StoreErrors = {}
  if (address.trim() === '') errors.address = text.addressMissing
  if (signInId !== null) return errors
  const isSaved = source?.store?.signIn === signIn
  if (hasAccount(signIn) && account.trim() === '') errors.account = text.accountMissing(labels.account)
  if (secret.trim() === '' && !isSaved) {
    errors.secret = hasBrowserPage(signIn) ? text.notSignedIn : text.secretMissing(labels.secret)
  }
  return errors
}

function checkRest(draft: StoreDraft, source: SourceRow | null): StoreErrors {
  const errors: StoreErrors = {}
  if (draft.name.trim() === '') errors.name = text.nameMissing
  if (source === null && draft.isSince && sinceOf(draft, Date.now()) === null) errors.sinceDay = storesText.start.dayMissing
  if (draft.hasMark && draft.writeBack.mark.trim() === '') errors.mark = storesText.writeBack.markMissing
  return errors
}
