import { create } from 'zustand'
import { isAllowed, type UpdateState } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on, openUpdatePage } from '../client/client'
import { onRefresh } from '../client/refresh'
import { useSession } from '../session/session-store'
import { notifyIfFailed } from '../widgets/notify'

/** The state of update checks; null until the first response, and for roles that may not see it. */
export const useUpdates = create<{ state: UpdateState | null }>(() => ({ state: null }))

function isPermitted(): boolean {
  return isAllowed('updates.get', useSession.getState().session?.role ?? null)
}

/** Reads the state of update checks if the role may see it. */
export async function loadUpdates(): Promise<void> {
  if (!isPermitted()) return useUpdates.setState({ state: null })
  const result = await call('updates.get', {})
  if (result.ok) useUpdates.setState({ state: result.value })
}

/** Subscribes to the engine's events. */
export function followUpdates(): void {
  on('updates.changed', (state) => {
    if (isPermitted()) useUpdates.setState({ state })
  })
  onRefresh(loadUpdates)
}

/** Checks for updates now and stores the result. Returns the failure if the check is refused, or null. */
export async function checkNow(): Promise<Failure | null> {
  const result = await call('updates.look', {})
  if (!result.ok) return result.error
  useUpdates.setState({ state: result.value })
  return null
}

/** "Not now": hides the version until there is a newer one. */
export async function hideVersion(version: string): Promise<void> {
  const result = await call('updates.hide', { version })
  notifyIfFailed(result)
  if (result.ok) useUpdates.setState({ state: result.value })
}

/** Opens the newer version's download page in the browser. */
export async function openDownloadPage(): Promise<void> {
  notifyIfFailed(await openUpdatePage())
}
