import { DEFAULT_IDLE_MINUTES, type ParsedInput, type Role, type StaffSettings } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { SYNC_ACTOR } from '../context/work'
import type { Database } from '../database/open-database'
import type { StaffMemberTable } from '../database/schema'
import { readSetting, writeSetting } from '../database/settings-store'
import {
  deleteKeptSignIns,
  findStaff,
  findStaffByName,
  forgetTries,
  hasStaff,
  insertStaff,
  listStaff,
  staffNameKey,
  updateStaff,
} from '../database/staff-store'
import { hashPassword, refuseShortPassword } from './password'

/** Staff members and after how long the window is locked. */
export async function staffSettings(engine: EngineContext): Promise<StaffSettings> {
  return { members: await listStaff(engine.db), idleMinutes: await readIdleMinutes(engine) }
}

/** After how long without use the window is locked, in minutes; null: never. */
export function readIdleMinutes(engine: EngineContext): Promise<number | null> {
  return readSetting<number | null>(engine.db, 'idleMinutes', DEFAULT_IDLE_MINUTES)
}

/** Sets after how long without use the window is locked. */
export async function setIdleMinutes(engine: EngineContext, idleMinutes: number | null): Promise<StaffSettings> {
  await engine.write(({ db }) => writeSetting(db, 'idleMinutes', idleMinutes))
  return staffSettings(engine)
}

/** Adds a staff member. Throws FailureError `name-taken`, `name-reserved`, `password-too-short`, and `staff-exists` where it has to be the first. */
export async function addStaff(
  engine: EngineContext,
  { name, role, password }: { name: string; role: Role; password: string },
  mustBeFirst = false,
): Promise<StaffMemberTable> {
  refuseShortPassword(password)
  refuseReservedName(name)
  const passwordHash = await hashPassword(password)
  return engine.write(async ({ db }) => {
    if (mustBeFirst && (await hasStaff(db))) throw staffExists()
    await refuseTakenName(db, name)
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

/** Changes name, role, or whether they can sign in. Throws FailureError `staff-missing`, `name-taken`, `name-reserved`, `last-administrator`. */
export async function changeStaff(
  engine: EngineContext,
  { id, name, role, isActive }: ParsedInput<'staff.change'>,
): Promise<StaffSettings> {
  refuseReservedName(name)
  await engine.write(async ({ db }) => {
    const known = await findStaff(db, id)
    if (known === undefined) throw staffMissing()
    if (staffNameKey(name) !== known.nameKey) await refuseTakenName(db, name)
    await updateStaff(db, id, { name, nameKey: staffNameKey(name), role, isActive: isActive ? 1 : 0 })
    const left = (await listStaff(db)).filter((member) => member.isActive && member.role === 'administrator')
    if (left.length === 0) throw lastAdministrator()
    if (!isActive) await deleteKeptSignIns(db, id)
  })
  return staffSettings(engine)
}

/** Sets a password; sign-ins that were kept with the former end. Throws FailureError `staff-missing`, `password-too-short`. */
export async function setPassword(engine: EngineContext, id: number, password: string): Promise<void> {
  refuseShortPassword(password)
  const passwordHash = await hashPassword(password)
  await engine.write(async ({ db }) => {
    const member = await findStaff(db, id)
    if (member === undefined) throw staffMissing()
    await updateStaff(db, id, { passwordHash })
    await forgetTries(db, member.nameKey)
    await deleteKeptSignIns(db, id)
  })
}

async function refuseTakenName(db: Database, name: string): Promise<void> {
  if ((await findStaffByName(db, name)) === undefined) return
  throw new FailureError({
    code: 'name-taken',
    message: `There is a staff member ${name} already.`,
    remedy: 'Choose another name, or change the staff member that has it.',
  })
}

/** What the program does by itself must not look as if a person had done it. */
function refuseReservedName(name: string): void {
  if (staffNameKey(name) !== staffNameKey(SYNC_ACTOR)) return
  throw new FailureError({
    code: 'name-reserved',
    message: `${SYNC_ACTOR} is what timelines call Ledgerdrop itself.`,
    remedy: 'Choose another name.',
  })
}

function staffExists(): FailureError {
  return new FailureError({ code: 'staff-exists', message: 'There is an administrator already.', remedy: 'Sign in.' })
}

function staffMissing(): FailureError {
  return new FailureError({ code: 'staff-missing', message: 'There is no such staff member.', remedy: 'Look at the list again.' })
}

function lastAdministrator(): FailureError {
  return new FailureError({
    code: 'last-administrator',
    message: 'This is the last administrator: without one nobody could change settings or staff.',
    remedy: 'Make somebody else an administrator first.',
  })
}
