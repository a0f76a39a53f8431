import type { STAFF_COMMANDS } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { addStaff, changeStaff, setIdleMinutes, setPassword, staffSettings } from '../staff/staff-members'
import type { WindowSession } from '../staff/window-session'
import type { HandlersOf } from './dispatcher'

/** Handlers for signing in and out, and for staff members. */
export function staffHandlers(engine: EngineContext, session: WindowSession): HandlersOf<keyof typeof STAFF_COMMANDS> {
  return {
    'session.get': () => session.row(),
    'session.whyNotKept': async () => ({ reason: await engine.secrets.unavailableReason() }),
    'session.signIn': (input) => session.signIn(input),
    'session.unlock': ({ password }) => session.unlock(password),
    'session.lock': () => session.lock(),
    'session.signOut': () => session.signOut(),
    'session.touch': () => session.touch(),
    'session.changePassword': (input) => session.changePassword(input),
    'staff.createFirst': (input) => session.createFirst(input),
    'staff.list': () => staffSettings(engine),
    'staff.add': async (input) => {
      await addStaff(engine, input)
      return staffSettings(engine)
    },
    'staff.change': async (input) => {
      const changed = await changeStaff(engine, input)
      await session.publish()
      return changed
    },
    'staff.setPassword': async ({ id, password }) => {
      await setPassword(engine, id, password)
      return staffSettings(engine)
    },
    'staff.setIdleLock': async ({ idleMinutes }) => {
      const changed = await setIdleMinutes(engine, idleMinutes)
      await session.readIdleLock()
      return changed
    },
  }
}
