import { sql } from 'kysely'
import type { CodeKind, CodeRow } from '../../../src-shared/contract/contract'
import type { Database, DatabaseTransaction } from './open-database'
import { readSetting, writeSetting } from './settings-store'

/** Codes per statement. SQLite allows 32,766 values in one statement. */
const BATCH = 500

/** A code to store, with its aliases in lower case. */
export type CodeEntry = Pick<CodeRow, 'code' | 'name' | 'aliases'>

/** The form in which codes and aliases are compared. */
export function codeKey(text: string): string {
  return text.trim().toLowerCase()
}

/** A page of codes, sorted by code. `search` matches the start of a code or alias, or any part of a name. */
export async function listCodes(
  db: Database,
  kind: CodeKind,
  search: string,
  after: string | null,
  limit: number,
): Promise<{ rows: CodeRow[]; next: string | null; total: number }> {
  let query = db.selectFrom('code').where('kind', '=', kind)
  const pattern = codeKey(search).replaceAll(/[\\%_]/g, '\\$&')
  if (pattern !== '') {
    query = query.where((or) =>
      or.or([
        sql<boolean>`code.codeKey like ${`${pattern}%`} escape '\\'`,
        sql<boolean>`code.name like ${`%${pattern}%`} escape '\\'`,
        sql<boolean>`exists (select 1 from codeAlias a where a.kind = code.kind and a.codeKey = code.codeKey and a.alias like ${`${pattern}%`} escape '\\')`,
      ]),
    )
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  if (after !== null) query = query.where('codeKey', '>', codeKey(after))
  const found = await query
    .selectAll()
    .orderBy('codeKey')
    .limit(limit + 1)
    .execute()
  const page = found.slice(0, limit)
  const aliases = await aliasesOf(
    db,
    kind,
    page.map((row) => row.codeKey),
  )
  const rows = page.map((row) => ({
    code: row.code,
    name: row.name,
    isListed: row.isListed === 1,
    isByHand: row.isByHand === 1,
    aliases: aliases.get(row.codeKey) ?? [],
  }))
  return { rows, next: found.length > limit ? (page.at(-1)?.code ?? null) : null, total }
}

async function aliasesOf(db: Database, kind: CodeKind, keys: readonly string[]): Promise<Map<string, string[]>> {
  const aliases = new Map<string, string[]>()
  if (keys.length === 0) return aliases
  const rows = await db.selectFrom('codeAlias').selectAll().where('kind', '=', kind).where('codeKey', 'in', keys).orderBy('alias').execute()
  for (const row of rows) {
    const known = aliases.get(row.codeKey)
    if (known === undefined) aliases.set(row.codeKey, [row.alias])
    else known.push(row.alias)
  }
  return aliases
}

/** A code with its aliases, or undefined. Letter case makes no difference. */
export async function findCode(db: Database, kind: CodeKind, code: string): Promise<CodeRow | undefined> {
  const key = codeKey(code)
  const row = await db.selectFrom('code').selectAll().where('kind', '=', kind).where('codeKey', '=', key).executeTakeFirst()
  if (row === undefined) return undefined
  const aliases = (await aliasesOf(db, kind, [key])).get(key) ?? []
  return { code: row.code, name: row.name, isListed: row.isListed === 1, isByHand: row.isByHand === 1, aliases }
}

/**
 * Adds or changes a code that a person entered. The new aliases replace the code's old ones, and are removed from any
 * other code that had them.
 */
export async function saveCode(db: DatabaseTransaction, kind: CodeKind, entry: CodeEntry, now: string): Promise<void> {
  const { code, name } = entry
  await db
    .insertInto('code')
    .values({ kind, codeKey: codeKey(code), code, name, isListed: 1, isByHand: 1, updatedAt: now })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'codeKey']).doUpdateSet({
        code,
        name,
        // A person who saves a code that is missing from the list confirms that it is valid.
        isByHand: sql<0 | 1>`case when code.isListed = 1 then code.isByHand else 1 end`,
        isListed: 1,
        updatedAt: now,
      }),
    )
    .execute()
  await db.deleteFrom('codeAlias').where('kind', '=', kind).where('codeKey', '=', codeKey(code)).execute()
  await addAliases(db, kind, [entry])
}

/** Restores a removed code. Aliases that now belong to other codes stay there. */
export async function restoreCode(db: DatabaseTransaction, kind: CodeKind, row: CodeRow, now: string): Promise<void> {
  const { code, name } = row
  const flags = { isListed: row.isListed ? 1 : 0, isByHand: row.isByHand ? 1 : 0 } as const
  await db
    .insertInto('code')
    .values({ kind, codeKey: codeKey(code), code, name, ...flags, updatedAt: now })
    .execute()
  for (const alias of new Set(row.aliases.map(codeKey))) {
    await db
      .insertInto('codeAlias')
      .values({ kind, alias, codeKey: codeKey(code) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Removes a code and its aliases. */
export async function removeCode(db: DatabaseTransaction, kind: CodeKind, code: string): Promise<void> {
  await db.deleteFrom('code').where('kind', '=', kind).where('codeKey', '=', codeKey(code)).execute()
}

/**
 * Imports the accounting package's complete list. Adds new codes, updates names, and adds the list's aliases to the existing ones. Codes missing
 * from the list are kept but marked as not listed, except codes that people entered: those stay valid.
 */
export async function replaceCodes(db: DatabaseTransaction, kind: CodeKind, codes: readonly CodeEntry[], now: string): Promise<void> {
  await db.updateTable('code').set({ isListed: 0 }).where('kind', '=', kind).where('isByHand', '=', 0).execute()
  for (let start = 0; start < codes.length; start += BATCH) {
    const batch = codes.slice(start, start + BATCH)
    await upsertCodes(db, kind, batch, now)
    await addAliases(db, kind, batch)
  }
  await writeSetting(db, listSettingName(kind), true)
}

async function upsertCodes(db: DatabaseTransaction, kind: CodeKind, codes: readonly CodeEntry[], now: string): Promise<void> {
  await db
    .insertInto('code')
    .values(
      codes.map(({ code, name }) => ({
        kind,
        codeKey: codeKey(code),
        code,
        name,
        isListed: 1 as const,
        isByHand: 0 as const,
        updatedAt: now,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['kind', 'codeKey']).doUpdateSet((eb) => ({
        code: eb.ref('excluded.code'),
        name: eb.ref('excluded.name'),
        isListed: 1 as const,
        isByHand: 0 as const,
        updatedAt: now,
      })),
    )
    .execute()
}

async function addAliases(db: DatabaseTransaction, kind: CodeKind, codes: readonly CodeEntry[]): Promise<void> {
  const rows = new Map(codes.flatMap(({ code, aliases }) => aliases.map((alias) => [codeKey(alias), codeKey(code)] as const)))
  if (rows.size === 0) return
  await db
    .insertInto('codeAlias')
    .values([...rows].map(([alias, key]) => ({ kind, alias, codeKey: key })))
    .onConflict((conflict) => conflict.columns(['kind', 'alias']).doUpdateSet((eb) => ({ codeKey: eb.ref('excluded.codeKey') })))
    .execute()
}

/**
 * True if the accounting package's list of that kind has been read, so a code missing from it is unknown. Codes that people enter don't count as a
 * list.
 */
export function hasCodeList(db: Database, kind: CodeKind): Promise<boolean> {
  return readSetting(db, listSettingName(kind), false)
}

function listSettingName(kind: CodeKind): string {
  return `codeListGiven.${kind}`
}

/** Maps the known keys among `keys` to their codes, spelled as in the accounting package. */
export async function findCodes(db: Database, kind: CodeKind, keys: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let start = 0; start < keys.length; start += BATCH) {
    const rows = await db
      .selectFrom('code')
      .select(['codeKey', 'code'])
      .where('kind', '=', kind)
      .where('isListed', '=', 1)
      .where('codeKey', 'in', keys.slice(start, start + BATCH))
      .execute()
    for (const row of rows) found.set(row.codeKey, row.code)
  }
  return found
}

/** Maps the known aliases among `aliases` to their codes. Aliases are in lower case. */
export async function findAliases(db: Database, kind: CodeKind, aliases: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let start = 0; start < aliases.length; start += BATCH) {
    const rows = await db
      .selectFrom('codeAlias')
      .innerJoin('code', (join) => join.onRef('code.kind', '=', 'codeAlias.kind').onRef('code.codeKey', '=', 'codeAlias.codeKey'))
      .select(['codeAlias.alias', 'code.code'])
      .where('codeAlias.kind', '=', kind)
      .where('codeAlias.alias', 'in', aliases.slice(start, start + BATCH))
      .execute()
    for (const row of rows) found.set(row.alias, row.code)
  }
  return found
}
