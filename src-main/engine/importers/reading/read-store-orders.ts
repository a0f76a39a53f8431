import type { ReceivedOrder } from '../../../../src-shared/order'
import type { ImportProblems } from './import-problems'
import { JsonFields } from './json-fields'
import type { JsonObject } from './json-reader'
import { checkOrder, orderPlace } from './received-order-checks'

/** Reads a store's orders, each named by the first of two keys that has a number; what is wrong with them goes to the problems. */
export function readStoreOrders(
  objects: readonly JsonObject[],
  problems: ImportProblems,
  [numberKey, otherKey]: readonly [string, string],
  read: (order: JsonFields, number: string) => ReceivedOrder,
): ReceivedOrder[] {
  return objects.map((object, index) => {
    const unnamed = new JsonFields(object, orderPlace(index, objects.length, ''), problems)
    const number = unnamed.looseText(numberKey) || unnamed.looseText(otherKey)
    const where = orderPlace(index, objects.length, number)
    return checkOrder(read(unnamed.at(where), number), where, problems)
  })
}
