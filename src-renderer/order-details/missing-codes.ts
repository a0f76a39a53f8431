import type { OrderDetails } from '../../src-shared/contract/contract'
import type { ExportProblem } from '../../src-shared/failure'
import type { MissingCode } from '../sync-settings/assign-code-dialog'

/**
 * The order's customer if they have no customer code; null if they have one, or if the store sent nothing to identify
 * them by.
 */
export function customerWithoutCode(order: Pick<OrderDetails, 'customer' | 'billTo'>): MissingCode | null {
  const { code, storeId, email, name, company } = order.customer
  const alias = storeId === '' ? email || order.billTo.email : `id:${storeId}`
  if (code !== '' || alias === '') return null
  return { kind: 'customer', alias, name: company || name }
}

/**
 * The customer and products whose missing or invalid codes prevent the order from being written, and to which a code
 * can be assigned.
 */
export function missingCodes(
  order: Pick<OrderDetails, 'customer' | 'billTo' | 'lines'>,
  problems: readonly ExportProblem[],
): MissingCode[] {
  const found = new Map<string, MissingCode>()
  for (const { field } of problems) {
    const customer = field === 'customer code' ? customerWithoutCode(order) : null
    if (customer !== null) found.set('customer', customer)
    const number = /^line (\d+): product code$/.exec(field)?.[1]
    const line = number === undefined ? undefined : order.lines[Number(number) - 1]
    if (line !== undefined && line.sku !== '') found.set(line.sku.toLowerCase(), { kind: 'product', alias: line.sku, name: line.name })
  }
  return [...found.values()]
}
