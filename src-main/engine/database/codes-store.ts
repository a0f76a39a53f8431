import { sql } from 'kysely'
import type { CodeKind, CodeRow } from '../../../src-shared/contract'
import type { Database } from './open-database'

/** Codes per statement: SQLite takes 32,766 values in one. */
const BATCH = 500

/** A page of codes in their order, those whose code, name or alias begins with the search. */
export async function listCodes(
  db: Database,
  kind: CodeKind,
  search: string,
  after: string | null,
  limit: number,
): Promise<{ rows: CodeRow[]; next: string | null; total: number }> {
  const words = search.trim().toLowerCase()
  let query = db.selectFrom('code').selectAll().where('kind', '=', kind)
  if (words !== '') {
    const beginning = `${words.replaceAll(/[\\%_]/g, '\\$&')}%`
    query = query.where((or) =>
      or.or([
        sql<boolean>`code.code like ${beginning} escape '\\'`,
        sql<boolean>`code.name like ${`%${beginning}`} escape '\\'`,
        sql<boolean>`exists (select 1 from codeAlias a where a.kind = code.kind and a.code = code.code and a.alias like ${beginning} escape '\\')`,
      ]),
    )
  }
  const { total } = await query
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  if (after !== null) query = query.where('code', '>', after)
  const found = await query
    .orderBy('code')
    .limit(limit + 1)
    .execute()
  const page = found.slice(0, limit)
  const aliases = await aliasesOf(
    db,
    kind,
    page.map((row) => row.code),
  )
  const rows = page.map(({ code, name, isListed }) => ({ code, name, isListed: isListed === 1, aliases: aliases.get(code) ?? [] }))
  return { rows, next: found.length > limit ? (page.at(-1)?.code ?? null) : null, total }
}

async function aliasesOf(db: Database, kind: CodeKind, codes: readonly string[]): Promise<Map<string, string[]>> {
  const aliases = new Map<string, string[]>()
  if (codes.length === 0) return aliases
  const rows = await db.selectFrom('codeAlias').selectAll().where('kind', '=', kind).where('code', 'in', codes).orderBy('alias').execute()
  for (const { code, alias } of rows) aliases.set(code, [...(aliases.get(code) ?? []), alias])
  return aliases
}

/** Adds a code or changes it; its aliases become exactly these, taken from other codes where those had them. */
export async function saveCode(db: Database, kind: CodeKind, row: Omit<CodeRow, 'isListed'>, now: string): Promise<void> {
  const stored = { kind, code: row.code, name: row.name, isListed: 1 as const, updatedAt: now }
  await db
    .insertInto('code')
    .values(stored)
    .onConflict((conflict) => conflict.columns(['kind', 'code']).doUpdateSet({ name: row.name, isListed: 1, updatedAt: now }))
    .execute()
  await db.deleteFrom('codeAlias').where('kind', '=', kind).where('code', '=', row.code).execute()
  await addAliases(db, kind, row.code, row.aliases)
}

async function addAliases(db: Database, kind: CodeKind, code: string, aliases: readonly string[]): Promise<void> {
  const rows = [...new Set(aliases.map((alias) => alias.toLowerCase()))].map((alias) => ({ kind, alias, code }))
  if (rows.length === 0) return
  await db
    .insertInto('codeAlias')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['kind', 'alias']).doUpdateSet({ code }))
    .execute()
}

/** Removes a code and its aliases; false where there is none. */
export async function removeCode(db: Database, kind: CodeKind, code: string): Promise<boolean> {
  const done = await db.deleteFrom('code').where('kind', '=', kind).where('code', '=', code).executeTakeFirst()
  return done.numDeletedRows > 0n
}

/**
 * Takes over the accounting package's whole list: new codes are added, names updated, aliases added to those that people gave; codes that the list
 * no longer has stay, marked as not listed.
 */
export async function replaceCodes(db: Database, kind: CodeKind, rows: readonly Omit<CodeRow, 'isListed'>[], now: string): Promise<void> {
  await db.updateTable('code').set({ isListed: 0 }).where('kind', '=', kind).execute()
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH)
    await db
      .insertInto('code')
      .values(batch.map(({ code, name }) => ({ kind, code, name, isListed: 1 as const, updatedAt: now })))
      .onConflict((conflict) =>
        conflict.columns(['kind', 'code']).doUpdateSet({ name: (eb) => eb.ref('excluded.name'), isListed: 1, updatedAt: now }),
      )
      .execute()
    for (const { code, aliases } of batch) await addAliases(db, kind, code, aliases)
  }
}

/** How many codes of that kind there are: none means that no list was ever given. */
export async function countCodes(db: Database, kind: CodeKind): Promise<number> {
  const row = await db
    .selectFrom('code')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return row.count
}

/** The listed codes among these, as the accounting package writes them, by lower case. */
export async function findCodes(db: Database, kind: CodeKind, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await db
    .selectFrom('code')
    .select('code')
    .where('kind', '=', kind)
    .where('isListed', '=', 1)
    .where('code', 'in', codes)
    .execute()
  return new Map(rows.map(({ code }) => [code.toLowerCase(), code]))
}

/** The codes that these names of the stores stand for, by alias in lower case. */
export async function findAliases(db: Database, kind: CodeKind, aliases: readonly string[]): Promise<Map<string, string>> {
  if (aliases.length === 0) return new Map()
  const rows = await db
    .selectFrom('codeAlias')
    .select(['alias', 'code'])
    .where('kind', '=', kind)
    .where(
      'alias',
      'in',
      aliases.map((alias) => alias.toLowerCase()),
    )
    .execute()
  return new Map(rows.map(({ alias, code }) => [alias, code]))
}
