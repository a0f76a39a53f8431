import type { ReceivedOrder } from '../../../../src-shared/order'
import type { AttacheSettings } from '../../../../src-shared/profiles/profiles'
import { type CheckedOrder, checkOrder, numberMissing } from '../fields/check-order'
import type { Findings } from '../fields/findings'
import { shown } from '../fields/safe-text'

/** `checkOrder`, and what only Attaché asks for: one currency of the books. */
export function checkAttacheOrder(order: ReceivedOrder, settings: AttacheSettings, findings: Findings): CheckedOrder {
  const checked = checkOrder(order, settings.timeZone, findings)
  if (order.number.trim() === '') numberMissing(order.number, findings)
  if (settings.currency !== '' && order.currency !== settings.currency) {
    findings.problem({
      code: 'currency-differs',
      field: 'currency',
      value: order.currency,
      message: `The order is in ${shown(order.currency)}; the books of this destination are in ${settings.currency}.`,
      remedy: 'Choose the destination for this currency on the order, then set it to Pending, or enter it in Attaché by hand.',
    })
  }
  return checked
}
