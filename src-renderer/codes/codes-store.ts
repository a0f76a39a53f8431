import { create } from 'zustand'
import type { CodeKind, CodeRow, CommandInput } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { onRefresh } from '../client/refresh'
import { trackLatestRequest } from '../client/track-latest-request'

const PAGE_SIZE = 100

interface CodesState {
  kind: CodeKind
  search: string
  /** Null until the first page is loaded. */
  rows: CodeRow[] | null
  total: number
  /** For each page before the current one, its last code. */
  before: string[]
  /** The cursor of the next page; null on the last page. */
  next: string | null
  isLoading: boolean
  failure: Failure | null
}

/** The state of the Codes screen: the current page of codes. */
export const useCodes = create<CodesState>(() => ({
  kind: 'customer',
  search: '',
  rows: null,
  total: 0,
  before: [],
  next: null,
  isLoading: false,
  failure: null,
}))

const startRequest = trackLatestRequest()

/** Loads the current page. */
export async function loadCodes(): Promise<void> {
  const isLatest = startRequest()
  const { kind, search, before } = useCodes.getState()
  useCodes.setState({ isLoading: true })
  const result = await call('codes.list', { kind, search, after: before.at(-1) ?? null, limit: PAGE_SIZE })
  if (!isLatest()) return
  if (!result.ok) {
    useCodes.setState({ isLoading: false, failure: result.error })
    return
  }
  const { rows, next, total } = result.value
  useCodes.setState({ rows, next, total, isLoading: false, failure: null })
  // The current page is empty if its last remaining code was removed.
  if (rows.length === 0 && before.length > 0) await showPreviousPage()
}

/** Switches to customer codes or product codes. */
export function showKind(kind: CodeKind): void {
  useCodes.setState({ kind, search: '', rows: null, before: [], next: null })
  void loadCodes()
}

/** Shows the codes whose code, name or alias starts with the search text. */
export function searchCodes(search: string): void {
  useCodes.setState({ search, before: [] })
  void loadCodes()
}

/** Shows the next page. */
export async function showNextPage(): Promise<void> {
  const { next, before, isLoading } = useCodes.getState()
  if (next === null || isLoading) return
  useCodes.setState({ before: [...before, next] })
  await loadCodes()
}

/** Shows the previous page. */
export async function showPreviousPage(): Promise<void> {
  useCodes.setState((state) => ({ before: state.before.slice(0, -1) }))
  await loadCodes()
}

/** The number of codes on the pages before the current one. */
export function codesBefore(state: Pick<CodesState, 'before'>): number {
  return state.before.length * PAGE_SIZE
}

/** Adds or changes a code. Returns the failure, or null. */
export async function saveCode(kind: CodeKind, row: Omit<CommandInput<'codes.save'>, 'kind'>): Promise<Failure | null> {
  const result = await call('codes.save', { kind, ...row })
  if (!result.ok) return result.error
  await loadCodes()
  return null
}

/** Removes a code and returns it. */
export async function removeCode(kind: CodeKind, code: string): Promise<Result<CodeRow>> {
  const result = await call('codes.remove', { kind, code })
  await loadCodes()
  return result
}

/** Restores a removed code with its name and aliases. */
export async function restoreCode(kind: CodeKind, row: CodeRow): Promise<Result<CodeRow>> {
  const result = await call('codes.restore', { kind, ...row })
  await loadCodes()
  return result
}

/** Subscribes to the engine's events, so that newly imported lists appear immediately. */
export function followCodes(): void {
  on('runs.changed', ({ run }) => {
    const isList = run.task === 'Read Customers' || run.task === 'Read Products'
    if (isList && run.endedAt !== null && useCodes.getState().rows !== null) void loadCodes()
  })
  onRefresh(() => {
    if (useCodes.getState().rows !== null) void loadCodes()
  })
}
