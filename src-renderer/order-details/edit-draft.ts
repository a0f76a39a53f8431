import type { CommandInput, OrderDetails } from '../../src-shared/contract/contract'
import type { Address, Customer } from '../../src-shared/order'

type EditedCustomer = Omit<Customer, 'storeId'>

/** What Edit Order holds. */
export interface EditDraft {
  customer: EditedCustomer
  billTo: Address
  shipTo: Address
  reference: string
  codes: string[]
}

/** The draft of an order as it is. */
export function draftOf({ customer, billTo, shipTo, reference, lines }: OrderDetails): EditDraft {
  const { storeId: _storeId, ...edited } = customer
  return { customer: edited, billTo, shipTo, reference, codes: lines.map((line) => line.sku) }
}

/** What was changed, as the engine takes it; null where nothing was. */
export function editInput(order: OrderDetails, draft: EditDraft): CommandInput<'orders.edit'> | null {
  const before = draftOf(order)
  const customer = changedParts(before.customer, draft.customer)
  const billTo = changedParts(before.billTo, draft.billTo)
  const shipTo = changedParts(before.shipTo, draft.shipTo)
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

function changedParts<Part extends object>(before: Part, now: Part): Partial<Part> | null {
  const changed = Object.entries(now).filter(([key, value]) => value !== before[key as keyof Part])
  return changed.length === 0 ? null : (Object.fromEntries(changed) as Partial<Part>)
}
