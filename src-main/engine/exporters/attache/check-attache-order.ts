import type { ReceivedOrder } from '../../../../src-shared/order'
import type { AttacheSettings } from '../../../../src-shared/profiles/profiles'
import { type CheckedOrder, checkOrder, reportMissingNumber } from '../fields/check-order'
import type { Findings } from '../fields/findings'
import { printable } from '../fields/safe-text'

/**
 * Runs `checkOrder`, then checks Attaché's own rules: the order has a number, and its currency is the currency of the
 * destination's books.
 */
export function checkAttacheOrder(order: ReceivedOrder, settings: AttacheSettings, findings: Findings): CheckedOrder {
  const checked = checkOrder(order, settings.timeZone, findings)
  if (order.number.trim() === '') reportMissingNumber(order.number, findings)
  if (settings.currency !== '' && order.currency !== settings.currency) {
    findings.addProblem({
      code: 'currency-differs',
      field: 'currency',
      value: order.currency,
      message: `The order is in ${printable(order.currency)}, but the books of this destination are in ${settings.currency}.`,
      remedy: 'On the order, choose the destination for this currency, then set the order to Pending. Or enter it in Attaché by hand.',
    })
  }
  return checked
}
