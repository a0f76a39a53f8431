import { create } from 'zustand'
import { isAllowed, type UpdateState } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on, openUpdatePage } from '../client/client'
import { onRefresh } from '../client/refresh'
import { useSession } from '../session/session-store'
import { notifyIfFailed } from '../widgets/notify'

/** What is known of newer versions; null until the engine has said it, and for whoever need not know. */
export const useUpdates = create<{ state: UpdateState | null }>(() => ({ state: null }))

function mayKnow(): boolean {
  return isAllowed('updates.get', useSession.getState().session?.role ?? null)
}

/** Reads it, for whoever may know. */
export async function loadUpdates(): Promise<void> {
  if (!mayKnow()) return useUpdates.setState({ state: null })
  const result = await call('updates.get', {})
  if (result.ok) useUpdates.setState({ state: result.value })
}

/** Follows the engine's events. */
export function followUpdates(): void {
  on('updates.changed', (state) => {
    if (mayKnow()) useUpdates.setState({ state })
  })
  onRefresh(loadUpdates)
}

/** Looks at once; gives the failure where that is refused. What it found is in the state. */
export async function lookNow(): Promise<Failure | null> {
  const result = await call('updates.look', {})
  if (!result.ok) return result.error
  useUpdates.setState({ state: result.value })
  return null
}

/** Not now: hides the version until a newer one. */
export async function hideVersion(version: string): Promise<void> {
  const result = await call('updates.hide', { version })
  if (notifyIfFailed(result) && result.ok) useUpdates.setState({ state: result.value })
}

/** Opens the page of the newer version in the browser. */
export async function openPage(): Promise<void> {
  notifyIfFailed(await openUpdatePage())
}
