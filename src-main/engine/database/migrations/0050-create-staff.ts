import { type Kysely, sql } from 'kysely'

/** Staff members, failed sign-in attempts, sign-ins remembered on a computer, and what belongs to the sample orders. */
export async function createStaff(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table staffMember (
      id integer primary key, name text not null, nameKey text not null unique,
      role text not null check (role in ('viewer', 'operator', 'administrator')),
      passwordHash text not null, isActive integer not null check (isActive in (0, 1)), createdAt text not null, lastSignedInAt text
    ) strict`,
    sql`create table signInTry (nameKey text primary key, failedCount integer not null, nextTryAt text not null, lastAt text not null) strict`,
    sql`create table keptSignIn (
      id integer primary key, staffId integer not null references staffMember (id), tokenHash text not null, sealedToken text not null,
      createdAt text not null
    ) strict`,
    sql`create table sample (
      kind text not null check (kind in ('source', 'destination', 'document')), key text not null, primary key (kind, key)
    ) strict`,
  ]
  for (const statement of statements) await statement.execute(db)
}
