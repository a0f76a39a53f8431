import { type Kysely, sql } from 'kysely'

/** The accounting package's codes with the stores' names for them, and the history of destination changes. */
export async function createCodes(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table code (
      kind text not null, codeKey text not null, code text not null, name text not null, isListed integer not null, updatedAt text not null,
      primary key (kind, codeKey)
    ) strict, without rowid`,
    sql`create table codeAlias (
      kind text not null, alias text not null, codeKey text not null, primary key (kind, alias),
      foreign key (kind, codeKey) references code (kind, codeKey) on delete cascade
    ) strict, without rowid`,
    sql`create index codeAliasByCode on codeAlias (kind, codeKey)`,
    sql`create table destinationChange (
      id integer primary key, destinationId integer not null references destination (id), at text not null, actor text not null,
      summary text not null, after text not null
    ) strict`,
    sql`create index destinationChangeByDestination on destinationChange (destinationId, id)`,
  ]
  for (const statement of statements) await statement.execute(db)
}
