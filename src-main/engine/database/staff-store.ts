import type { StaffRow } from '../../../src-shared/contract/contract'
import type { Database, DatabaseTransaction } from './open-database'
import type { KeptSignInTable, SignInTryTable, StaffMemberTable } from './schema'

/** How names of staff members are compared. */
export function staffNameKey(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase()
}

/** True once there is a staff member, active or not. */
export async function hasStaff(db: Database): Promise<boolean> {
  return (await db.selectFrom('staffMember').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Staff members by name, without their passwords. */
export async function listStaff(db: Database): Promise<StaffRow[]> {
  const rows = await db
    .selectFrom('staffMember')
    .select(['id', 'name', 'role', 'isActive', 'createdAt', 'lastSignedInAt'])
    .orderBy('nameKey')
    .execute()
  return rows.map((row) => ({ ...row, isActive: row.isActive === 1 }))
}

/** A staff member by id. */
export function findStaff(db: Database, id: number): Promise<StaffMemberTable | undefined> {
  return db.selectFrom('staffMember').selectAll().where('id', '=', id).executeTakeFirst()
}

/** A staff member by name, whatever its letter case. */
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

/** What is known of tries to sign in under that name. */
export function findTries(db: Database, nameKey: string): Promise<SignInTryTable | undefined> {
  return db.selectFrom('signInTry').selectAll().where('nameKey', '=', nameKey).executeTakeFirst()
}

/** Counts a try; what is older than `forgetBefore` is forgotten, so that made-up names do not fill the table. */
export async function saveTries(db: DatabaseTransaction, tries: SignInTryTable, forgetBefore: string): Promise<void> {
  await db.deleteFrom('signInTry').where('lastAt', '<', forgetBefore).execute()
  await db
    .insertInto('signInTry')
    .values(tries)
    .onConflict((conflict) => conflict.column('nameKey').doUpdateSet(tries))
    .execute()
}

/** Forgets failed tries under that name. */
export async function forgetTries(db: DatabaseTransaction, nameKey: string): Promise<void> {
  await db.deleteFrom('signInTry').where('nameKey', '=', nameKey).execute()
}

/** Sign-ins that are kept, newest first. */
export function listKeptSignIns(db: Database): Promise<KeptSignInTable[]> {
  return db.selectFrom('keptSignIn').selectAll().orderBy('id', 'desc').execute()
}

/** Keeps a sign-in. */
export async function insertKeptSignIn(db: DatabaseTransaction, kept: KeptSignInTable): Promise<void> {
  await db.insertInto('keptSignIn').values(kept).execute()
}

/** Ends every kept sign-in of a staff member. */
export async function deleteKeptSignIns(db: DatabaseTransaction, staffId: number): Promise<void> {
  await db.deleteFrom('keptSignIn').where('staffId', '=', staffId).execute()
}
