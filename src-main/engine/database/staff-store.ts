import type { StaffRow } from '../../../src-shared/contract/contract'
import type { Database, DatabaseTransaction } from './open-database'
import type { KeptSignInTable, SignInTryTable, StaffMemberTable } from './schema'

/** The form in which names of staff members are compared. */
export function staffNameKey(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase()
}

/** True if there is a staff member, active or not. */
export async function hasStaff(db: Database): Promise<boolean> {
  return (await db.selectFrom('staffMember').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** All staff members, sorted by name, without their passwords. */
export async function listStaff(db: Database): Promise<StaffRow[]> {
  const rows = await db
    .selectFrom('staffMember')
    .select(['id', 'name', 'role', 'isActive', 'createdAt', 'lastSignedInAt'])
    .orderBy('nameKey')
    .execute()
  return rows.map((row) => ({ ...row, isActive: row.isActive === 1 }))
}

/** A staff member by id, or undefined. */
export function findStaff(db: Database, id: number): Promise<StaffMemberTable | undefined> {
  return db.selectFrom('staffMember').selectAll().where('id', '=', id).executeTakeFirst()
}

/** A staff member by name, ignoring letter case, or undefined. */
export function findStaffByName(db: Database, name: string): Promise<StaffMemberTable | undefined> {
  return db.selectFrom('staffMember').selectAll().where('nameKey', '=', staffNameKey(name)).executeTakeFirst()
}

/** Adds a staff member. */
export async function insertStaff(db: DatabaseTransaction, member: StaffMemberTable): Promise<void> {
  await db.insertInto('staffMember').values(member).execute()
}

/** Changes a staff member. */
export async function updateStaff(db: DatabaseTransaction, id: number, change: Partial<Omit<StaffMemberTable, 'id'>>): Promise<void> {
  await db.updateTable('staffMember').set(change).where('id', '=', id).execute()
}

/** Failed sign-in attempts with that name, or undefined. */
export function findSignInAttempts(db: Database, nameKey: string): Promise<SignInTryTable | undefined> {
  return db.selectFrom('signInTry').selectAll().where('nameKey', '=', nameKey).executeTakeFirst()
}

/** Stores failed sign-in attempts. Deletes the ones before `forgetBefore`, so that made-up names don't fill the table. */
export async function saveSignInAttempts(db: DatabaseTransaction, attempts: SignInTryTable, forgetBefore: string): Promise<void> {
  await db.deleteFrom('signInTry').where('lastAt', '<', forgetBefore).execute()
  await db
    .insertInto('signInTry')
    .values(attempts)
    .onConflict((conflict) => conflict.column('nameKey').doUpdateSet(attempts))
    .execute()
}

/** Deletes the failed sign-in attempts with that name. */
export async function clearSignInAttempts(db: DatabaseTransaction, nameKey: string): Promise<void> {
  await db.deleteFrom('signInTry').where('nameKey', '=', nameKey).execute()
}

/** Remembered sign-ins, newest first. */
export function listKeptSignIns(db: Database): Promise<KeptSignInTable[]> {
  return db.selectFrom('keptSignIn').selectAll().orderBy('id', 'desc').execute()
}

/** Stores a remembered sign-in. */
export async function insertKeptSignIn(db: DatabaseTransaction, kept: KeptSignInTable): Promise<void> {
  await db.insertInto('keptSignIn').values(kept).execute()
}

/** Deletes every remembered sign-in of a staff member. */
export async function deleteKeptSignIns(db: DatabaseTransaction, staffId: number): Promise<void> {
  await db.deleteFrom('keptSignIn').where('staffId', '=', staffId).execute()
}
