import type { UblOrderSettings } from '../../../src-shared/profiles'
import { shown } from './safe-text'
import type { UblWriter } from './ubl-writer'

/** The accounting package's code of the customer: the order's, else the account set for such orders, else none or `customer-code-missing`. */
export function ublCustomerCode(code: string, settings: UblOrderSettings, ubl: UblWriter): string {
  const field = 'customer code'
  const own = ubl.name(field, code)
  if (own !== '') return own
  if (settings.customerCodeWhenMissing !== '') {
    const account = ubl.fixed(settings.customerCodeWhenMissing)
    ubl.changed(field, code, account, 'the order has no customer code: the account set for such orders')
    return account
  }
  if (settings.customerCodeRequired) {
    ubl.problem({
      code: 'customer-code-missing',
      field,
      value: code,
      message: 'The order has no customer code, and this destination asks for one.',
      remedy: 'Enter the customer code on the order, then set it to Pending.',
    })
  }
  return ''
}

/** The product code of a line: its own, else the one set for such lines, else none or `product-code-missing`. A line needs a code or a name. */
export function ublProductCode(sku: string, name: string, label: string, settings: UblOrderSettings, ubl: UblWriter): string {
  const field = `${label}: product code`
  const own = ubl.name(field, sku)
  if (own !== '') return own
  if (settings.productCodeWhenMissing !== '') {
    const code = ubl.fixed(settings.productCodeWhenMissing)
    ubl.changed(field, sku, code, 'the line has no product code: the code set for such lines')
    return code
  }
  if (settings.productCodeRequired || name === '') {
    ubl.problem({
      code: 'product-code-missing',
      field,
      value: sku,
      message:
        name === ''
          ? `The product of ${label} has neither a product code nor a name.`
          : `The product of ${label} ("${shown(name)}") has no product code, and this destination asks for one.`,
      remedy: 'Give the product a code in the store or in the product code table, then set the order to Pending.',
    })
  }
  return ''
}
