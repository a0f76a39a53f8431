import type { CommandInput, OrderDetails } from '../../src-shared/contract/contract'
import type { Address, Customer } from '../../src-shared/order'

type EditedCustomer = Omit<Customer, 'storeId'>

/** The values of the Edit Order form. */
export interface EditDraft {
  customer: EditedCustomer
  billTo: Address
  shipTo: Address
  reference: string
  codes: string[]
}

/** The form's initial values for an order. */
export function toEditDraft({ customer, billTo, shipTo, reference, lines }: OrderDetails): EditDraft {
  const { storeId: _storeId, ...edited } = customer
  return { customer: edited, billTo, shipTo, reference, codes: lines.map((line) => line.sku) }
}

/** The changes as input for `orders.edit`; null if nothing has changed. */
export function toEditInput(order: OrderDetails, draft: EditDraft): CommandInput<'orders.edit'> | null {
  const before = toEditDraft(order)
  const customer = changedFields(before.customer, draft.customer)
  const billTo = changedFields(before.billTo, draft.billTo)
  const shipTo = changedFields(before.shipTo, draft.shipTo)
  const lineCodes = draft.codes.flatMap((sku, line) => (sku === before.codes[line] ? [] : [{ line, sku }]))
  const change = {
    ...(customer === null ? {} : { customer }),
    ...(billTo === null ? {} : { billTo }),
    ...(shipTo === null ? {} : { shipTo }),
    ...(draft.reference === before.reference ? {} : { reference: draft.reference }),
    ...(lineCodes.length === 0 ? {} : { lineCodes }),
  }
  return Object.keys(change).length === 0 ? null : { orderId: order.id, revision: order.revision, ...change }
}

function changedFields<Fields extends object>(before: Fields, after: Fields): Partial<Fields> | null {
  const changed = Object.entries(after).filter(([key, value]) => value !== before[key as keyof Fields])
  return changed.length === 0 ? null : (Object.fromEntries(changed) as Partial<Fields>)
}
