import type { CodeKind } from '../../../src-shared/contract'
import type { ReceivedOrder } from '../../../src-shared/order'
import { codeKey, findAliases, findCodes, isListGiven } from '../database/codes-store'
import type { Database } from '../database/open-database'
import { type CodePolicy, type CodeTable, codesToLookUp, type ResolvedCodes, resolveCodes } from '../exporters/resolve-codes'

/** The format profile decides about an order without a code; a code that a given list lacks refuses the order. */
const POLICY: CodePolicy = { missingCustomer: { kind: 'leave' }, unknownCode: 'fail' }

/** The orders with the accounting package's codes filled in, each or every reason why not; a few queries for all. In the order in which they are given. */
export async function fillCodes(db: Database, orders: readonly ReceivedOrder[]): Promise<ResolvedCodes[]> {
  const wanted = orders.map((order) => codesToLookUp(order, POLICY))
  const customers = await lookUp(
    db,
    'customer',
    wanted.map((one) => one.customers),
  )
  const products = await lookUp(
    db,
    'product',
    wanted.map((one) => one.products),
  )
  return orders.map((order) => resolveCodes(order, { customers, products, taxes: null }, POLICY))
}

async function lookUp(db: Database, kind: CodeKind, wanted: readonly { codes: string[]; aliases: string[] }[]): Promise<CodeTable> {
  const isLoaded = await isListGiven(db, kind)
  const aliases = await findAliases(db, kind, unique(wanted.flatMap((one) => one.aliases)))
  const keys = unique([...wanted.flatMap((one) => one.codes), ...[...aliases.values()].map(codeKey)])
  return { isLoaded, aliases, codes: isLoaded ? await findCodes(db, kind, keys) : new Map() }
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
