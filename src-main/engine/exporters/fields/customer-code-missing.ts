import type { ReceivedOrder } from '../../../../src-shared/order'
import { companyOrName } from './company-or-name'
import type { Findings } from './findings'
import { printable } from './safe-text'

/** Reports that the customer's code in the accounting package is not known. */
export function reportMissingCustomerCode(order: ReceivedOrder, findings: Findings): void {
  const customerName = companyOrName(order.customer).trim() || order.customer.email
  findings.addProblem({
    code: 'customer-code-missing',
    field: 'customer code',
    value: order.customer.code,
    message: `The customer ${printable(customerName)} has no customer code, and the customer codes contain none for the email address or the store's customer id.`,
    remedy: 'Enter the customer code on the order, or add the email address to the customer codes, then set the order to Pending.',
  })
}
