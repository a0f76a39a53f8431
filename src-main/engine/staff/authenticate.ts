import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { StaffMemberTable } from '../database/schema'
import { clearSignInAttempts, findSignInAttempts, findStaffByName, saveSignInAttempts, staffNameKey } from '../database/staff-store'
import { remainingPauseMs } from '../time/clock'
import { verifyPassword } from './password'

/** How long to wait after the first, second, ... failed attempt, in seconds. The last value applies to all further attempts. */
const WAITS_S = [0, 0, 5, 15, 30, 60, 120, 300, 900] as const
const MAX_WAIT_MS = 900_000
/** After this long without an attempt, the count starts again. */
const FORGET_AFTER_MS = 24 * 3_600_000

/**
 * The active staff member with that name and password. Throws FailureError `sign-in-refused` (also if nobody has that name) and
 * `sign-in-delayed`. An attempt is counted before it is checked, so parallel attempts or a restart don't get around the limit.
 */
export async function authenticate(engine: EngineContext, name: string, password: string): Promise<StaffMemberTable> {
  const nameKey = staffNameKey(name)
  await countAttempt(engine, nameKey)
  const member = await findStaffByName(engine.db, name)
  const hash = member?.isActive === 1 ? member.passwordHash : null
  if (!(await verifyPassword(password, hash)) || member === undefined) throw signInRefused()
  await engine.write(({ db }) => clearSignInAttempts(db, nameKey))
  return member
}

async function countAttempt(engine: EngineContext, nameKey: string): Promise<void> {
  const now = engine.clock.now().getTime()
  await engine.write(async ({ db }) => {
    const known = await findSignInAttempts(db, nameKey)
    const waitMs = known === undefined ? 0 : remainingPauseMs(new Date(now), known.nextTryAt, MAX_WAIT_MS)
    if (waitMs > 0) throw signInDelayed(waitMs)
    const isForgotten = known === undefined || now - Date.parse(known.lastAt) > FORGET_AFTER_MS
    const failedCount = isForgotten ? 1 : known.failedCount + 1
    const waitS = WAITS_S[Math.min(failedCount, WAITS_S.length) - 1] ?? 0
    const at = (ms: number) => new Date(ms).toISOString()
    const attempts = { nameKey, failedCount, nextTryAt: at(now + waitS * 1000), lastAt: at(now) }
    await saveSignInAttempts(db, attempts, at(now - FORGET_AFTER_MS))
  })
}

function signInRefused(): FailureError {
  return new FailureError({
    code: 'sign-in-refused',
    message: 'The name or password is wrong.',
    remedy: 'Check both (is Caps Lock on?) and try again. An administrator can set a new password in Settings > Staff.',
  })
}

function signInDelayed(waitMs: number): FailureError {
  const seconds = Math.ceil(waitMs / 1000)
  const wait = seconds <= 90 ? `${seconds} ${seconds === 1 ? 'second' : 'seconds'}` : `${Math.ceil(seconds / 60)} minutes`
  return new FailureError({
    code: 'sign-in-delayed',
    message: 'The password was wrong several times in a row.',
    remedy: `Try again in ${wait}.`,
  })
}
