import { assertNever } from '../../../../src-shared/failure'
import type { OrderLine, ReceivedOrder } from '../../../../src-shared/order'
import type { ProfileSettings } from '../../../../src-shared/profiles/profiles'
import { reportMissingCustomerCode } from './customer-code-missing'
import type { Findings } from './findings'
import { printable } from './safe-text'

/** The accounting package's customer codes or product codes that an order needs (see `codesToLookUp`). */
export interface CodeTable {
  /** False if the package's list was never imported. Then no code counts as unknown. */
  isLoaded: boolean
  /** Codes in the package's spelling, by the code in lower case. */
  codes: ReadonlyMap<string, string>
  /**
   * Codes by alias, in lower case. An alias identifies a customer or product in a store: an email address, `id:52` for
   * a customer id, or a SKU.
   */
  aliases: ReadonlyMap<string, string>
}

/** The known customer and product codes. */
export interface CodeTables {
  customers: CodeTable
  products: CodeTable
}

/** A destination's settings for missing and unknown codes. */
export type CodePolicy = Pick<ProfileSettings, 'missingCustomer' | 'customerCodeWhenMissing' | 'unknownCustomer' | 'unknownProduct'>

/** The codes and aliases to look up for an order, in lower case, so that one query can fetch them all. */
export interface CodesToLookUp {
  customers: { codes: string[]; aliases: string[] }
  products: { codes: string[]; aliases: string[] }
}

/**
 * Returns the codes and aliases that `resolveCodes` needs for an order, including the code that the policy sets for customers without
 * one. `resolveCodes` also needs the codes that the aliases stand for.
 */
export function codesToLookUp(order: ReceivedOrder, policy: CodePolicy): CodesToLookUp {
  const account = policy.missingCustomer === 'account' ? policy.customerCodeWhenMissing : ''
  const uniqueKeys = (texts: readonly string[]) => [...new Set(texts.map(key).filter((text) => text !== ''))]
  const skus = uniqueKeys(order.lines.map((line) => line.sku))
  return {
    customers: { codes: uniqueKeys([order.customer.code, account]), aliases: customerAliases(order).map((alias) => alias.alias) },
    products: { codes: skus, aliases: skus },
  }
}

/**
 * Returns a copy of the order with the package's codes for its customer and products, if they are known. Findings: `customer-code-missing`,
 * `customer-ambiguous`, `customer-unknown`, `product-unknown`, and every changed code.
 */
export function resolveCodes(order: ReceivedOrder, tables: CodeTables, policy: CodePolicy, findings: Findings): ReceivedOrder {
  const code = resolveCustomerCode(order, tables.customers, policy, findings)
  const lines = order.lines.map((line, index) => ({ ...line, sku: resolveProductCode(line, index, tables.products, policy, findings) }))
  findings.suppressFollowUps()
  return { ...order, customer: { ...order.customer, code }, lines }
}

function key(text: string): string {
  return text.trim().toLowerCase()
}

/**
 * Returns the store's aliases for the customer: the customer id first, because several customers may share an email
 * address.
 */
function customerAliases(order: ReceivedOrder): { alias: string; description: string }[] {
  const { storeId, email } = order.customer
  const found = [
    { alias: key(storeId) === '' ? '' : `id:${key(storeId)}`, description: `the store's customer id ${printable(storeId)}` },
    { alias: key(email), description: `the email address ${printable(email)}` },
    { alias: key(order.billTo.email), description: `the email address ${printable(order.billTo.email)}` },
  ].filter(({ alias }) => alias !== '')
  return found.filter(({ alias }, index) => found.findIndex((other) => other.alias === alias) === index)
}

const CUSTOMER_CODE_FIELD = 'customer code'
const CORRECT_CUSTOMER = 'Correct the customer code on the order, or add it to the customer codes, then set the order to Pending.'

function resolveCustomerCode(order: ReceivedOrder, table: CodeTable, policy: CodePolicy, findings: Findings): string {
  const own = order.customer.code
  if (own.trim() !== '') return checkCustomerCode(own, own, '', table, policy, findings)
  const matches = customerAliases(order).flatMap(({ alias, description }) => {
    const code = table.aliases.get(alias)
    return code === undefined ? [] : [{ code, description }]
  })
  const [first] = matches
  const other = matches.find(({ code }) => key(code) !== key(first?.code ?? ''))
  if (first !== undefined && other !== undefined) {
    findings.addProblem({
      code: 'customer-ambiguous',
      field: CUSTOMER_CODE_FIELD,
      value: own,
      message: `In the customer codes, ${first.description} has the code ${printable(first.code)}, but ${other.description} has ${printable(other.code)}.`,
      remedy: 'Enter the right customer code on the order, or correct the customer codes, then set the order to Pending.',
    })
    return own
  }
  if (first !== undefined)
    return checkCustomerCode(own, first.code, `listed in the customer codes for ${first.description}`, table, policy, findings)
  switch (policy.missingCustomer) {
    case 'create':
      return own
    case 'account':
      return checkCustomerCode(
        own,
        policy.customerCodeWhenMissing,
        'the account set for orders without a customer code',
        table,
        policy,
        findings,
      )
    case 'refuse':
      reportMissingCustomerCode(order, findings)
      return own
    default:
      return assertNever(policy.missingCustomer)
  }
}

/**
 * Returns a customer code in the package's spelling. An unlisted code is recorded; if the policy refuses it, returns
 * `before`.
 */
function checkCustomerCode(before: string, code: string, reason: string, table: CodeTable, policy: CodePolicy, findings: Findings): string {
  const listed = table.codes.get(key(code))
  if (table.isLoaded && listed === undefined && policy.unknownCustomer === 'refuse') {
    findings.addProblem({
      code: 'customer-unknown',
      field: CUSTOMER_CODE_FIELD,
      value: code,
      message: `The customer code ${printable(code)}${reason === '' ? '' : ` (${reason})`} is not in the accounting package's customer list.`,
      remedy: CORRECT_CUSTOMER,
    })
    return before
  }
  const after = listed ?? code
  findings.addChange(CUSTOMER_CODE_FIELD, before, after, reason === '' ? 'spelled as in the customer list' : reason)
  if (table.isLoaded && listed === undefined) findings.addNote(CUSTOMER_CODE_FIELD, after, "not in the accounting package's customer list")
  return after
}

/** An alias takes precedence over the SKU itself, because a store's SKU may happen to be another product's code. */
function resolveProductCode(line: OrderLine, index: number, table: CodeTable, policy: CodePolicy, findings: Findings): string {
  if (line.sku.trim() === '') return line.sku
  const field = `line ${index + 1}: product code`
  const aliasedCode = table.aliases.get(key(line.sku))
  const code = aliasedCode ?? line.sku
  const listed = table.codes.get(key(code))
  if (table.isLoaded && listed === undefined && policy.unknownProduct === 'refuse') {
    const origin = aliasedCode === undefined ? '' : ` (listed in the product codes for the SKU ${printable(line.sku)})`
    findings.addProblem({
      code: 'product-unknown',
      field,
      value: line.sku,
      message: `The product code ${printable(code)} of line ${index + 1}${origin} is not in the accounting package's product list.`,
      remedy: 'Add the SKU to the product codes, or correct it in the store and read the order again, then set the order to Pending.',
    })
    return line.sku
  }
  const after = listed ?? code
  const why = aliasedCode === undefined ? 'spelled as in the product list' : 'listed in the product codes for this SKU'
  findings.addChange(field, line.sku, after, why)
  if (table.isLoaded && listed === undefined) findings.addNote(field, after, "not in the accounting package's product list")
  return after
}
