import { notifications } from '@mantine/notifications'
import { create } from 'zustand'
import type { SessionRow } from '../../src-shared/contract/contract'
import { call, on } from '../client/client'
import { reportEngineStop } from '../client/engine-stop'

/** Who uses the window; null until the engine has answered. */
export const useSession = create<{ session: SessionRow | null }>(() => ({ session: null }))

/** Reads who uses the window; its first question to the engine. */
export async function loadSession(): Promise<void> {
  const result = await call('session.get', {})
  if (result.ok) takeSession(result.value)
  else if (useSession.getState().session === null) reportEngineStop(result.error)
}

/** Follows the engine's events. `onOpen` is called each time that the window may be used: at the start, after a sign-in and after a lock. */
export function followSession(onOpen: () => void): void {
  on('session.changed', takeSession)
  useSession.subscribe(({ session }, { session: before }) => {
    if (session === null) return
    if (!isUsable(session)) notifications.clean()
    else if (before === null || !isUsable(before) || session.name !== before.name) onOpen()
  })
}

function isUsable({ state }: SessionRow): boolean {
  return state === 'open' || state === 'signed in'
}

/** Takes in who uses the window now. What one person saw is not there for the next: the page starts anew. */
export function takeSession(session: SessionRow): void {
  const before = useSession.getState().session
  const isOver = before !== null && before.state !== 'signed out' && session.state === 'signed out'
  if (isOver) window.location.reload()
  else useSession.setState({ session })
}
