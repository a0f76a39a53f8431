import { call } from '../client/client'
import { useSession } from './session-store'

const AT_MOST_EVERY_MS = 10_000
const SIGNS = ['pointerdown', 'pointermove', 'wheel', 'keydown'] as const

/** Tells the engine that a person uses the window, so that it is not locked; for as long as the window lives. */
export function reportUse(): void {
  let toldAt = 0
  const tell = () => {
    if (useSession.getState().session?.state !== 'signed in' || Date.now() - toldAt < AT_MOST_EVERY_MS) return
    toldAt = Date.now()
    void call('session.touch', {})
  }
  for (const sign of SIGNS) window.addEventListener(sign, tell, { passive: true, capture: true })
}
