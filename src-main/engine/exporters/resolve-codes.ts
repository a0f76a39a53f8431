import type { ExportProblem, ValueChange } from '../../../src-shared/failure'
import type { Customer, OrderCharge, OrderLine, ReceivedOrder } from '../../../src-shared/order'
import { companyOrName } from './company-or-name'
import { plainDecimal } from './decimals'
import { Findings } from './findings'
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
  /** Tax codes by rate in per cent (`10`, `7.25`); null where the destination has none. */
  taxes: ReadonlyMap<string, string> | null
}

/** What a destination does about codes that are not known. */
export interface CodePolicy {
  /** `leave`: the order keeps no code, and the format profile decides. */
  missingCustomer: { kind: 'fail' } | { kind: 'use-account'; code: string } | { kind: 'leave' }
  /** A code that a loaded list does not have: refuse the order, or write the code as it is. */
  unknownCode: 'fail' | 'allow'
}

/** The order with its codes filled in, or every reason why that cannot be: `customer-unknown`, `customer-ambiguous`, `product-unknown`, `tax-unknown`. */
export type ResolvedCodes =
  | { ok: true; order: ReceivedOrder; changes: ValueChange[]; taxCodes: { lines: string[]; charges: string[] } }
  | { ok: false; problems: ExportProblem[] }

/** What to look up for an order, in lower case, so that whoever has the tables asks for all at once. */
export interface CodesToLookUp {
  customers: { codes: string[]; aliases: string[] }
  products: { codes: string[]; aliases: string[] }
}

/** The codes and store names that an order's resolving may ask for; the policy's account among them. What the aliases stand for may be asked for too. */
export function codesToLookUp(order: ReceivedOrder, policy: CodePolicy): CodesToLookUp {
  const account = policy.missingCustomer.kind === 'use-account' ? policy.missingCustomer.code : ''
  const filled = (texts: readonly string[]) => [...new Set(texts.map(key).filter((text) => text !== ''))]
  const skus = filled(order.lines.map((line) => line.sku))
  return {
    customers: { codes: filled([order.customer.code, account]), aliases: customerAliases(order).map((alias) => alias.alias) },
    products: { codes: skus, aliases: skus },
  }
}

/** Fills an order's customer and product codes from the tables, and checks them and its tax rates. Pure; the order itself stays as it is. */
export function resolveCodes(order: ReceivedOrder, tables: CodeTables, policy: CodePolicy): ResolvedCodes {
  const findings = new Findings()
  const code = customerCode(order, tables.customers, policy, findings)
  const lines = order.lines.map((line, index) => ({ ...line, sku: productCode(line, index, tables.products, policy, findings) }))
  const taxCode = (part: OrderLine | OrderCharge, label: string) => taxCodeOf(part, label, tables.taxes, findings)
  const taxCodes = {
    lines: order.lines.map((line, index) => taxCode(line, `line ${index + 1}`)),
    charges: order.charges.map((charge, index) => taxCode(charge, `charge ${index + 1} (${charge.kind})`)),
  }
  if (findings.problems.length > 0) return { ok: false, problems: findings.problems }
  return { ok: true, order: { ...order, customer: { ...order.customer, code }, lines }, changes: findings.changes, taxCodes }
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
  switch (policy.missingCustomer.kind) {
    case 'leave':
      return own
    case 'use-account':
      return knownCustomer(own, policy.missingCustomer.code, 'the account set for customers without a code', table, policy, findings)
    case 'fail':
      findings.problem({
        code: 'customer-unknown',
        field: FIELD,
        value: own,
        message: `The customer ${shown(whoIs(order.customer))} has no customer code, and the customer codes name none for the e-mail or the store's customer id.`,
        remedy: 'Enter the customer code on the order, or add the e-mail to the customer codes, then set the order to Pending.',
      })
      return own
  }
}

function whoIs(customer: Customer): string {
  return companyOrName(customer).trim() || customer.email
}

function knownCustomer(before: string, code: string, why: string, table: CodeTable, policy: CodePolicy, findings: Findings): string {
  const listed = table.codes.get(key(code))
  if (table.isLoaded && listed === undefined && policy.unknownCode === 'fail') {
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
  return after
}

/** A store's SKU may by chance be another product's code: what the product codes say of the SKU comes first. */
function productCode(line: OrderLine, index: number, table: CodeTable, policy: CodePolicy, findings: Findings): string {
  if (line.sku.trim() === '') return line.sku
  const field = `line ${index + 1}: product code`
  const named = table.aliases.get(key(line.sku))
  const code = named ?? line.sku
  const listed = table.codes.get(key(code))
  if (table.isLoaded && listed === undefined && policy.unknownCode === 'fail') {
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
  return after
}

/** Empty where nothing is taxed or the destination has no tax codes. */
function taxCodeOf(part: OrderLine | OrderCharge, label: string, taxes: CodeTables['taxes'], findings: Findings): string {
  if (taxes === null) return ''
  const rate = part.taxRate === null ? null : plainDecimal(part.taxRate)
  const code = rate === null ? undefined : taxes.get(rate)
  if (code !== undefined) return code
  if (rate === null && part.taxMinor === 0) return ''
  const rates = [...taxes.keys()].map((each) => `${each} %`).join(', ')
  findings.problem({
    code: 'tax-unknown',
    field: `${label}: tax rate`,
    value: part.taxRate ?? '',
    message:
      rate === null
        ? `The order does not say at which rate ${label} is taxed, so it has no tax code.`
        : `There is no tax code for ${rate} %, the tax rate of ${label}; there are codes for ${rates === '' ? 'no rate' : rates}.`,
    remedy: "Add the rate to the destination's tax codes, or correct the order in the store and read it again, then set it to Pending.",
  })
  return ''
}
