import type { ReceivedOrder } from '../../../../src-shared/order'
import { companyOrName } from './company-or-name'
import type { Findings } from './findings'
import { shown } from './safe-text'

/** Notes that nothing says which customer of the accounting package the order is of. */
export function customerCodeMissing(order: ReceivedOrder, findings: Findings): void {
  const who = companyOrName(order.customer).trim() || order.customer.email
  findings.problem({
    code: 'customer-code-missing',
    field: 'customer code',
    value: order.customer.code,
    message: `The customer ${shown(who)} has no customer code, and the customer codes name none for the e-mail or the store's customer id.`,
    remedy: 'Enter the customer code on the order, or add the e-mail to the customer codes, then set the order to Pending.',
  })
}
