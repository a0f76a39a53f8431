import { notifications } from '@mantine/notifications'
import { create } from 'zustand'
import type { SessionRow } from '../../src-shared/contract/contract'
import { call, on } from '../client/client'
import { reportEngineStop } from '../client/engine-stop'

/** The window's session; null until the first response. */
export const useSession = create<{ session: SessionRow | null }>(() => ({ session: null }))

/** Reads the session: the window's first request to the engine. */
export async function loadSession(): Promise<void> {
  const result = await call('session.get', {})
  if (result.ok) applySession(result.value)
  else if (useSession.getState().session === null) reportEngineStop(result.error)
}

/** Subscribes to session changes. Calls `onOpen` when the window becomes usable: at the start, and after sign-in or unlock. */
export function followSession(onOpen: () => void): void {
  on('session.changed', applySession)
  useSession.subscribe(({ session }, { session: before }) => {
    if (session === null) return
    if (!isUsable(session)) notifications.clean()
    else if (before === null || !isUsable(before) || session.name !== before.name) onOpen()
  })
}

function isUsable({ state }: SessionRow): boolean {
  return state === 'open' || state === 'signed in'
}

/** Stores a new session. After a sign-out, reloads the page, so that the next person doesn't see the previous one's data. */
export function applySession(session: SessionRow): void {
  const before = useSession.getState().session
  const hasSignedOut = before !== null && before.state !== 'signed out' && session.state === 'signed out'
  if (hasSignedOut) window.location.reload()
  else useSession.setState({ session })
}
