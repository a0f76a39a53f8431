import { assertNever } from '../../../../src-shared/failure'
import type { OrderLine, ReceivedOrder } from '../../../../src-shared/order'
import type { ProfileSettings } from '../../../../src-shared/profiles/profiles'
import { customerCodeMissing } from './customer-code-missing'
import type { Findings } from './findings'
import { shown } from './safe-text'

/** The accounting package's codes of one kind, as far as one order needs them: see `codesToLookUp`. */
export interface CodeTable {
  /** False where the package's list was never given: then no code is unknown. */
  isLoaded: boolean
  /** Codes as the package writes them, by the code in lower case. */
  codes: ReadonlyMap<string, string>
  /** Codes by what the stores call them, in lower case: an e-mail, `id:52` for a store's customer, a SKU. */
  aliases: ReadonlyMap<string, string>
}

/** What is known about codes. */
export interface CodeTables {
  customers: CodeTable
  products: CodeTable
}

/** What a destination does about codes that are not known. */
export type CodePolicy = Pick<ProfileSettings, 'missingCustomer' | 'customerCodeWhenMissing' | 'unknownCustomer' | 'unknownProduct'>

/** What to look up for an order, in lower case, so that whoever has the tables asks for all at once. */
export interface CodesToLookUp {
  customers: { codes: string[]; aliases: string[] }
  products: { codes: string[]; aliases: string[] }
}

/** The codes and store names that an order's resolving may ask for; the policy's account among them. What the aliases stand for may be asked for too. */
export function codesToLookUp(order: ReceivedOrder, policy: CodePolicy): CodesToLookUp {
  const account = policy.missingCustomer === 'account' ? policy.customerCodeWhenMissing : ''
  const filled = (texts: readonly string[]) => [...new Set(texts.map(key).filter((text) => text !== ''))]
  const skus = filled(order.lines.map((line) => line.sku))
  return {
    customers: { codes: filled([order.customer.code, account]), aliases: customerAliases(order).map((alias) => alias.alias) },
    products: { codes: skus, aliases: skus },
  }
}

/**
 * The order with the package's codes of its customer and products, as far as they are known. Findings: `customer-code-missing`, `customer-ambiguous`,
 * `customer-unknown`, `product-unknown`, and every code that became another. The order itself stays as it is.
 */
export function resolveCodes(order: ReceivedOrder, tables: CodeTables, policy: CodePolicy, findings: Findings): ReceivedOrder {
  const code = customerCode(order, tables.customers, policy, findings)
  const lines = order.lines.map((line, index) => ({ ...line, sku: productCode(line, index, tables.products, policy, findings) }))
  findings.settle()
  return { ...order, customer: { ...order.customer, code }, lines }
}

function key(text: string): string {
  return text.trim().toLowerCase()
}

/** What a store calls a customer: its own id first, for e-mails are shared. */
function customerAliases(order: ReceivedOrder): { alias: string; what: string }[] {
  const { storeId, email } = order.customer
  const found = [
    { alias: key(storeId) === '' ? '' : `id:${key(storeId)}`, what: `the store's customer id ${shown(storeId)}` },
    { alias: key(email), what: `the e-mail ${shown(email)}` },
    { alias: key(order.billTo.email), what: `the e-mail ${shown(order.billTo.email)}` },
  ].filter(({ alias }) => alias !== '')
  return found.filter(({ alias }, index) => found.findIndex((other) => other.alias === alias) === index)
}

const FIELD = 'customer code'
const CORRECT_CUSTOMER = 'Correct the customer code on the order, or add it to the customer codes, then set the order to Pending.'

function customerCode(order: ReceivedOrder, table: CodeTable, policy: CodePolicy, findings: Findings): string {
  const own = order.customer.code
  if (own.trim() !== '') return knownCustomer(own, own, '', table, policy, findings)
  const named = customerAliases(order).flatMap(({ alias, what }) => {
    const code = table.aliases.get(alias)
    return code === undefined ? [] : [{ code, what }]
  })
  const [first] = named
  const other = named.find(({ code }) => key(code) !== key(first?.code ?? ''))
  if (first !== undefined && other !== undefined) {
    findings.problem({
      code: 'customer-ambiguous',
      field: FIELD,
      value: own,
      message: `The customer codes name ${shown(first.code)} for ${first.what}, but ${shown(other.code)} for ${other.what}.`,
      remedy: 'Enter the right customer code on the order, or correct the customer codes, then set the order to Pending.',
    })
    return own
  }
  if (first !== undefined) return knownCustomer(own, first.code, `the customer codes name it for ${first.what}`, table, policy, findings)
  switch (policy.missingCustomer) {
    case 'create':
      return own
    case 'account':
      return knownCustomer(
        own,
        policy.customerCodeWhenMissing,
        'the account set for orders without a customer code',
        table,
        policy,
        findings,
      )
    case 'refuse':
      customerCodeMissing(order, findings)
      return own
    default:
      return assertNever(policy.missingCustomer)
  }
}

function knownCustomer(before: string, code: string, why: string, table: CodeTable, policy: CodePolicy, findings: Findings): string {
  const listed = table.codes.get(key(code))
  if (table.isLoaded && listed === undefined && policy.unknownCustomer === 'refuse') {
    findings.problem({
      code: 'customer-unknown',
      field: FIELD,
      value: code,
      message: `The customer code ${shown(code)}${why === '' ? '' : ` (${why})`} is not in the accounting package's list of customers.`,
      remedy: CORRECT_CUSTOMER,
    })
    return before
  }
  const after = listed ?? code
  findings.changed(FIELD, before, after, why === '' ? 'written as in the list of customers' : why)
  if (table.isLoaded && listed === undefined) findings.noted(FIELD, after, "it is not in the accounting package's list of customers")
  return after
}

/** A store's SKU may by chance be another product's code: what the product codes say of the SKU comes first. */
function productCode(line: OrderLine, index: number, table: CodeTable, policy: CodePolicy, findings: Findings): string {
  if (line.sku.trim() === '') return line.sku
  const field = `line ${index + 1}: product code`
  const named = table.aliases.get(key(line.sku))
  const code = named ?? line.sku
  const listed = table.codes.get(key(code))
  if (table.isLoaded && listed === undefined && policy.unknownProduct === 'refuse') {
    const which = named === undefined ? shown(line.sku) : `${shown(named)}, which the product codes name for the SKU ${shown(line.sku)},`
    findings.problem({
      code: 'product-unknown',
      field,
      value: line.sku,
      message: `The product code ${which} of line ${index + 1} is not in the accounting package's list of products.`,
      remedy: 'Add the SKU to the product codes, or correct it in the store and read the order again, then set the order to Pending.',
    })
    return line.sku
  }
  const after = listed ?? code
  const why = named === undefined ? 'written as in the list of products' : 'the product codes name it for this SKU'
  findings.changed(field, line.sku, after, why)
  if (table.isLoaded && listed === undefined) findings.noted(field, after, "it is not in the accounting package's list of products")
  return after
}
