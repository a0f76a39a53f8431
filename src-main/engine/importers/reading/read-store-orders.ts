import type { ReceivedOrder } from '../../../../src-shared/order'
import type { ImportProblems } from './import-problems'
import { JsonFields } from './json-fields'
import type { JsonObject } from './json-reader'
import { checkOrder, orderLabel } from './received-order-checks'

/** Reads a store's orders. The order number is the value of the first key, or of the second if the first has none. Adds errors to the problems. */
export function readStoreOrders(
  objects: readonly JsonObject[],
  problems: ImportProblems,
  [numberKey, fallbackKey]: readonly [string, string],
  read: (order: JsonFields, number: string) => ReceivedOrder,
): ReceivedOrder[] {
  return objects.map((object, index) => {
    const unnamed = new JsonFields(object, orderLabel(index, objects.length, ''), problems)
    const number = unnamed.looseText(numberKey) || unnamed.looseText(fallbackKey)
    const where = orderLabel(index, objects.length, number)
    return checkOrder(read(unnamed.at(where), number), where, problems)
  })
}
