import type { CodeKind } from '../../../src-shared/contract/contract'
import type { ReceivedOrder } from '../../../src-shared/order'
import { codeKey, findAliases, findCodes, hasCodeList } from '../database/codes-store'
import type { Database } from '../database/open-database'
import { Findings } from '../exporters/fields/findings'
import { type CodePolicy, type CodeTable, codesToLookUp, resolveCodes } from '../exporters/fields/resolve-codes'

/** An order with the accounting package's codes, and the findings about them. */
export interface FilledOrder {
  order: ReceivedOrder
  findings: Findings
}

/**
 * Fills in the accounting package's codes according to the destination's policy, with a few queries for all orders.
 * Returns the orders in the same sequence.
 */
export async function fillCodes(db: Database, orders: readonly ReceivedOrder[], policy: CodePolicy): Promise<FilledOrder[]> {
  const wanted = orders.map((order) => codesToLookUp(order, policy))
  const customers = await lookUp(
    db,
    'customer',
    wanted.map(({ customers }) => customers),
  )
  const products = await lookUp(
    db,
    'product',
    wanted.map(({ products }) => products),
  )
  return orders.map((order) => {
    const findings = new Findings()
    return { order: resolveCodes(order, { customers, products }, policy, findings), findings }
  })
}

async function lookUp(db: Database, kind: CodeKind, wanted: readonly { codes: string[]; aliases: string[] }[]): Promise<CodeTable> {
  const isLoaded = await hasCodeList(db, kind)
  const aliases = await findAliases(db, kind, unique(wanted.flatMap((item) => item.aliases)))
  const keys = unique([...wanted.flatMap((item) => item.codes), ...[...aliases.values()].map(codeKey)])
  return { isLoaded, aliases, codes: isLoaded ? await findCodes(db, kind, keys) : new Map() }
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
