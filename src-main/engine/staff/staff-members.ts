import { DEFAULT_IDLE_MINUTES, type ParsedInput, type Role, type StaffSettings } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { SYNC_ACTOR } from '../context/work'
import type { Database } from '../database/open-database'
import type { StaffMemberTable } from '../database/schema'
import { readSetting, writeSetting } from '../database/settings-store'
import {
  clearSignInAttempts,
  deleteKeptSignIns,
  findStaff,
  findStaffByName,
  hasStaff,
  insertStaff,
  listStaff,
  staffNameKey,
  updateStaff,
} from '../database/staff-store'
import { hashPassword, requireLongPassword } from './password'

/** The staff members, and the time without activity after which the window locks. */
export async function staffSettings(engine: EngineContext): Promise<StaffSettings> {
  return { members: await listStaff(engine.db), idleMinutes: await readIdleMinutes(engine) }
}

/** The time without activity after which the window locks, in minutes; null: never. */
export function readIdleMinutes(engine: EngineContext): Promise<number | null> {
  return readSetting<number | null>(engine.db, 'idleMinutes', DEFAULT_IDLE_MINUTES)
}

/** Sets the time without activity after which the window locks, in minutes; null: never. */
export async function setIdleMinutes(engine: EngineContext, idleMinutes: number | null): Promise<StaffSettings> {
  await engine.write(({ db }) => writeSetting(db, 'idleMinutes', idleMinutes))
  return staffSettings(engine)
}

/** Adds a staff member. Throws FailureError `name-taken`, `name-reserved`, `password-too-short`, and with `mustBeFirst`, `staff-exists`. */
export async function addStaff(
  engine: EngineContext,
  { name, role, password }: { name: string; role: Role; password: string },
  mustBeFirst = false,
): Promise<StaffMemberTable> {
  requireLongPassword(password)
  rejectReservedName(name)
  const passwordHash = await hashPassword(password)
  return engine.write(async ({ db }) => {
    if (mustBeFirst && (await hasStaff(db))) throw staffExists()
    await requireFreeName(db, name)
    const member: StaffMemberTable = {
      id: engine.newId(),
      name,
      nameKey: staffNameKey(name),
      role,
      passwordHash,
      isActive: 1,
      createdAt: engine.now(),
      lastSignedInAt: null,
    }
    await insertStaff(db, member)
    return member
  })
}

/**
 * Changes a member's name, role, or whether they can sign in. Throws FailureError `staff-missing`, `name-taken`, `name-reserved`,
 * `last-administrator`.
 */
export async function changeStaff(
  engine: EngineContext,
  { id, name, role, isActive }: ParsedInput<'staff.change'>,
): Promise<StaffSettings> {
  rejectReservedName(name)
  await engine.write(async ({ db }) => {
    const known = await findStaff(db, id)
    if (known === undefined) throw staffMissing()
    if (staffNameKey(name) !== known.nameKey) await requireFreeName(db, name)
    await updateStaff(db, id, { name, nameKey: staffNameKey(name), role, isActive: isActive ? 1 : 0 })
    const administrators = (await listStaff(db)).filter((member) => member.isActive && member.role === 'administrator')
    if (administrators.length === 0) throw lastAdministrator()
    if (!isActive) await deleteKeptSignIns(db, id)
  })
  return staffSettings(engine)
}

/** Sets a member's password and deletes their kept sign-ins. Throws FailureError `staff-missing`, `password-too-short`. */
export async function setPassword(engine: EngineContext, id: number, password: string): Promise<void> {
  requireLongPassword(password)
  const passwordHash = await hashPassword(password)
  await engine.write(async ({ db }) => {
    const member = await findStaff(db, id)
    if (member === undefined) throw staffMissing()
    await updateStaff(db, id, { passwordHash })
    await clearSignInAttempts(db, member.nameKey)
    await deleteKeptSignIns(db, id)
  })
}

async function requireFreeName(db: Database, name: string): Promise<void> {
  if ((await findStaffByName(db, name)) === undefined) return
  throw new FailureError({
    code: 'name-taken',
    message: `There is already a staff member named ${name}.`,
    remedy: 'Choose another name, or change that staff member.',
  })
}

/** Refuses the name that timelines use for the program itself. */
function rejectReservedName(name: string): void {
  if (staffNameKey(name) !== staffNameKey(SYNC_ACTOR)) return
  throw new FailureError({
    code: 'name-reserved',
    message: `Timelines use the name ${SYNC_ACTOR} for Ledgerdrop itself.`,
    remedy: 'Choose another name.',
  })
}

function staffExists(): FailureError {
  return new FailureError({ code: 'staff-exists', message: 'There is already an administrator.', remedy: 'Sign in.' })
}

function staffMissing(): FailureError {
  return new FailureError({
    code: 'staff-missing',
    message: 'This staff member does not exist.',
    remedy: 'Check the list of staff members again.',
  })
}

function lastAdministrator(): FailureError {
  return new FailureError({
    code: 'last-administrator',
    message: 'This is the last administrator. Without one, nobody could change settings or staff.',
    remedy: 'Make somebody else an administrator first.',
  })
}
