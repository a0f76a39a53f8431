import { z } from 'zod'
import { code } from './profile-parts'

/** What a destination may do about an order whose customer has no code: `create` sends it without one, with all of the customer's data. */
export type MissingCustomer = 'refuse' | 'account' | 'create'

/** What a destination does about a code that the accounting package's list lacks: refuse the order, or write the code and report it. */
const unknownCode = z.enum(['refuse', 'report']).default('refuse')

/** What every profile says about the accounting package's codes. */
export const codeSettings = {
  /** The account of `missingCustomer: account`. */
  customerCodeWhenMissing: code.default(''),
  unknownCustomer: unknownCode,
  unknownProduct: unknownCode,
  /** The code of a line without one; empty: none. */
  productCodeWhenMissing: code.default(''),
  /** The package's tax codes by rate in per cent, e.g. `10` to `GST`; where the file carries a tax code, an order taxed at another rate is refused. */
  taxCodes: z.record(z.string().regex(/^\d{1,3}(\.\d{1,6})?$/, 'is not a rate such as 10 or 7.25'), code).default({}),
}

/** For formats whose file carries the customer's name, addresses, e-mail and phone: a package can enter a new customer from it. */
export const missingCustomerOrCreate = z.enum(['refuse', 'account', 'create']).default('create')

/** For formats that carry nothing of a customer but the code. */
export const missingCustomer = z
  .enum(['refuse', 'account'], {
    error: 'may be refuse or account: this format carries no data from which a customer could be created',
  })
  .default('refuse')

/** An account that is to take orders has to be named. */
export function checkAccount(
  settings: { missingCustomer: MissingCustomer; customerCodeWhenMissing: string },
  context: { addIssue(issue: { code: 'custom'; path: string[]; message: string }): void },
): void {
  if (settings.missingCustomer !== 'account' || settings.customerCodeWhenMissing !== '') return
  context.addIssue({ code: 'custom', path: ['customerCodeWhenMissing'], message: 'must name the account that takes such orders' })
}
