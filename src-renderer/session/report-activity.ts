import { call } from '../client/client'
import { useSession } from './session-store'

const MIN_INTERVAL_MS = 10_000
const ACTIVITY_EVENTS = ['pointerdown', 'pointermove', 'wheel', 'keydown'] as const

/** Reports the user's activity to the engine for the lifetime of the window, so that a window in use isn't locked. */
export function reportActivity(): void {
  let reportedAt = 0
  const report = () => {
    if (useSession.getState().session?.state !== 'signed in' || Date.now() - reportedAt < MIN_INTERVAL_MS) return
    reportedAt = Date.now()
    void call('session.touch', {})
  }
  for (const name of ACTIVITY_EVENTS) window.addEventListener(name, report, { passive: true, capture: true })
}
