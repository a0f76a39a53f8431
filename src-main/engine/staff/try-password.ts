import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { StaffMemberTable } from '../database/schema'
import { findStaffByName, findTries, forgetTries, saveTries, staffNameKey } from '../database/staff-store'
import { pauseLeftMs } from '../time/clock'
import { isPassword } from './password'

/** How long to wait after the first, second, ... failed try, in seconds; after more, as long as after the last. */
const WAITS_S = [0, 0, 5, 15, 30, 60, 120, 300, 900] as const
const LONGEST_WAIT_MS = 900_000
/** After so long without a try, the count begins anew. */
const FORGET_AFTER_MS = 24 * 3_600_000

/**
 * The active staff member with that name and password. Throws FailureError `sign-in-refused` (the same for a name that nobody has) and
 * `sign-in-delayed`. A try is counted before it is looked at: many at once, or a restart in between, gain nothing.
 */
export async function tryPassword(engine: EngineContext, name: string, password: string): Promise<StaffMemberTable> {
  const nameKey = staffNameKey(name)
  await countTry(engine, nameKey)
  const member = await findStaffByName(engine.db, name)
  const hash = member?.isActive === 1 ? member.passwordHash : null
  if (!(await isPassword(password, hash)) || member === undefined) throw refused()
  await engine.write(({ db }) => forgetTries(db, nameKey))
  return member
}

async function countTry(engine: EngineContext, nameKey: string): Promise<void> {
  const now = engine.clock.now().getTime()
  await engine.write(async ({ db }) => {
    const known = await findTries(db, nameKey)
    const waitMs = known === undefined ? 0 : pauseLeftMs(new Date(now), known.nextTryAt, LONGEST_WAIT_MS)
    if (waitMs > 0) throw delayed(waitMs)
    const isForgotten = known === undefined || now - Date.parse(known.lastAt) > FORGET_AFTER_MS
    const failedCount = isForgotten ? 1 : known.failedCount + 1
    const waitS = WAITS_S[Math.min(failedCount, WAITS_S.length) - 1] ?? 0
    const at = (ms: number) => new Date(ms).toISOString()
    const tries = { nameKey, failedCount, nextTryAt: at(now + waitS * 1000), lastAt: at(now) }
    await saveTries(db, tries, at(now - FORGET_AFTER_MS))
  })
}

function refused(): FailureError {
  return new FailureError({
    code: 'sign-in-refused',
    message: 'The name or the password is not right.',
    remedy: 'Check both (is Caps Lock on?) and try again. An administrator can set a new password in Settings, Staff.',
  })
}

function delayed(waitMs: number): FailureError {
  const seconds = Math.ceil(waitMs / 1000)
  const wait = seconds <= 90 ? `${seconds} ${seconds === 1 ? 'second' : 'seconds'}` : `${Math.ceil(seconds / 60)} minutes`
  return new FailureError({
    code: 'sign-in-delayed',
    message: 'The password was wrong several times in a row.',
    remedy: `Try again in ${wait}.`,
  })
}
