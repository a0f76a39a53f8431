import { z } from 'zod'
import { code } from './field-schemas'

/** How a destination handles an order whose customer has no code. `create` sends it without a code, with all of the customer's data. */
export type MissingCustomer = 'refuse' | 'account' | 'create'

/** How a destination handles a code that isn't in the accounting package's list: refuse the order, or write the code and report it. */
const unknownCode = z.enum(['refuse', 'report']).default('refuse')

/** Code settings that all profiles share. */
export const codeSettings = {
  /** The account for `missingCustomer: account`. */
  customerCodeWhenMissing: code.default(''),
  unknownCustomer: unknownCode,
  unknownProduct: unknownCode,
  /** The code for a line that has none; empty: none. */
  productCodeWhenMissing: code.default(''),
  /** The package's tax codes by percentage rate, e.g. `10` to `GST`. If the file contains a tax code, an order with another rate is refused. */
  taxCodes: z.record(z.string().regex(/^\d{1,3}(\.\d{1,6})?$/, 'is not a rate such as 10 or 7.25'), code).default({}),
}

/** For formats that contain the customer's name, addresses, email and phone, so that the package can create the customer. */
export const missingCustomerOrCreate = z.enum(['refuse', 'account', 'create']).default('create')

/** For formats that contain only the customer's code. */
export const missingCustomer = z
  .enum(['refuse', 'account'], {
    error: 'may be refuse or account: this format does not contain the data needed to create a customer',
  })
  .default('refuse')

/** Adds an issue if `missingCustomer` is `account` but no account is set. */
export function checkAccount(
  settings: { missingCustomer: MissingCustomer; customerCodeWhenMissing: string },
  context: { addIssue(issue: { code: 'custom'; path: string[]; message: string }): void },
): void {
  if (settings.missingCustomer !== 'account' || settings.customerCodeWhenMissing !== '') return
  context.addIssue({ code: 'custom', path: ['customerCodeWhenMissing'], message: 'must name the account for these orders' })
}
