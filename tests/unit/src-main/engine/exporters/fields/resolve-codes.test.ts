import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Findings } from '../../../../../../src-main/engine/exporters/fields/findings'
import {
  type CodePolicy,
  type CodeTable,
  type CodeTables,
  codesToLookUp,
  resolveCodes,
} from '../../../../../../src-main/engine/exporters/fields/resolve-codes'
import type { ReceivedOrder } from '../../../../../../src-shared/order'
import { sampleLine, sampleOrder, unconstrainedOrder } from '../../../../../support/orders'

function table(codes: readonly string[] | null, aliases: Record<string, string> = {}): CodeTable {
  return {
    isLoaded: codes !== null,
    codes: new Map((codes ?? []).map((code) => [code.toLowerCase(), code])),
    aliases: new Map(Object.entries(aliases)),
  }
}

const NOTHING: CodeTables = { customers: table(null), products: table(null) }
const STRICT: CodePolicy = { missingCustomer: 'refuse', customerCodeWhenMissing: '', unknownCustomer: 'refuse', unknownProduct: 'refuse' }
const ACCOUNT = { missingCustomer: 'account', customerCodeWhenMissing: 'WEB' } as const

const customerWith = (overrides: Partial<ReceivedOrder['customer']>) =>
  sampleOrder({ customer: { ...sampleOrder().customer, code: '', ...overrides } })

function resolve(order: ReceivedOrder, tables: Partial<CodeTables>, policy: Partial<CodePolicy>) {
  const findings = new Findings()
  const filled = resolveCodes(order, { ...NOTHING, ...tables }, { ...STRICT, ...policy }, findings)
  return { order: filled, changes: findings.changes, problems: findings.problems }
}

function resolved(order: ReceivedOrder, tables: Partial<CodeTables>, policy: Partial<CodePolicy> = {}) {
  const result = resolve(order, tables, policy)
  if (result.problems.length > 0) throw new Error(JSON.stringify(result.problems))
  return result
}

function problems(order: ReceivedOrder, tables: Partial<CodeTables>, policy: Partial<CodePolicy> = {}) {
  return resolve(order, tables, policy).problems
}

describe('the customer code', () => {
  test('of the order is used, with the spelling of the accounting package', () => {
    const { order, changes } = resolved(customerWith({ code: ' cust0001' }), { customers: table(['CUST0001']) })
    expect(order.customer.code).toBe('CUST0001')
    expect(changes).toMatchObject([{ field: 'customer code', before: ' cust0001', after: 'CUST0001' }])
  })

  test.each([
    ['the store’s customer id', { 'id:55': 'A' }],
    ['the email address in upper or lower case', { 'jane@example.com': 'A' }],
    ['both, if they agree', { 'id:55': 'A', 'jane@example.com': 'a' }],
  ])('is found by %s', (_, aliases) => {
    const order = customerWith({ email: 'Jane@Example.com ' })
    expect(resolved(order, { customers: table(['A'], aliases) }).order.customer.code).toBe('A')
    expect(resolved(order, { customers: table(null, aliases) }).order.customer.code).toBe('A')
  })

  test('is never guessed if id and email belong to two customers', () => {
    const customers = table(['A', 'B'], { 'id:55': 'A', 'jane@example.com': 'B' })
    expect(problems(customerWith({}), { customers })).toMatchObject([
      { code: 'customer-ambiguous', message: expect.stringMatching(/ 55 has the code A, but .*jane@\S+ has B\.$/) },
    ])
    expect(resolved(customerWith({ code: 'B' }), { customers }).order.customer.code).toBe('B')
  })

  test('that is missing fails the order, becomes the default account, or stays empty so that the package creates a customer', () => {
    const order = customerWith({ email: 'new@example.com' })
    expect(problems(order, {})).toMatchObject([{ code: 'customer-code-missing', field: 'customer code', value: '' }])
    const account = resolved(order, {}, ACCOUNT)
    expect(account.order.customer.code).toBe('WEB')
    expect(account.changes).toMatchObject([{ field: 'customer code', before: '', after: 'WEB' }])
    expect(resolved(order, {}, { missingCustomer: 'create' }).order).toEqual(order)
  })

  test('that is not in the customer list fails the order', () => {
    const order = customerWith({ code: 'TYPO' })
    expect(problems(order, { customers: table(['A']) })).toMatchObject([{ code: 'customer-unknown', value: 'TYPO' }])
    expect(resolved(order, { customers: table(null) }).order).toEqual(order)
    const allowed = resolved(order, { customers: table(['A']) }, { unknownCustomer: 'report' })
    expect(allowed.order).toEqual(order)
    expect(allowed.changes).toMatchObject([
      { field: 'customer code', before: 'TYPO', after: 'TYPO', reason: expect.stringContaining('not in the accounting package') },
    ])
    const stale = table(['B'], { 'id:55': 'GONE' })
    expect(problems(customerWith({}), { customers: stale })).toMatchObject([{ code: 'customer-unknown', value: 'GONE' }])
    expect(problems(customerWith({ email: '', storeId: '' }), { customers: table(['B']) }, ACCOUNT)).toMatchObject([{ value: 'WEB' }])
  })
})

describe('product codes', () => {
  const order = sampleOrder({ lines: [sampleLine({ sku: 'hose-15' }), sampleLine({ sku: 'PROD-B' }), sampleLine({ sku: '' })] })

  test('come from the SKU, with the spelling of the accounting package; the profile handles empty ones', () => {
    const products = table(['HOSE', 'Prod-B'], { 'hose-15': 'hose' })
    const result = resolved(order, { products })
    expect(result.order.lines.map((line) => line.sku)).toEqual(['HOSE', 'Prod-B', ''])
    expect(result.changes.map((change) => change.field)).toEqual(['line 1: product code', 'line 2: product code'])
    expect(order.lines[0]?.sku).toBe('hose-15')
  })

  test('from an alias take precedence over a code that equals the SKU', () => {
    const products = table(['HOSE-15', 'PROD-B', 'OTHER'], { 'hose-15': 'OTHER' })
    expect(resolved(order, { products }).order.lines[0]?.sku).toBe('OTHER')
  })

  test('that are not in the product list are all reported at once', () => {
    expect(problems(order, { products: table(['X']) }).map((problem) => [problem.field, problem.code, problem.value])).toEqual([
      ['line 1: product code', 'product-unknown', 'hose-15'],
      ['line 2: product code', 'product-unknown', 'PROD-B'],
    ])
    const allowed = resolved(order, { products: table(['X']) }, { unknownProduct: 'report' })
    expect(allowed.order).toEqual(order)
    expect(allowed.changes.map((change) => [change.field, change.after])).toEqual([
      ['line 1: product code', 'hose-15'],
      ['line 2: product code', 'PROD-B'],
    ])
  })
})

test('for any order, only codes change, every change is reported, and only the requested codes are looked up', () => {
  const names = fc.constantFrom('a', 'B', 'jane@example.com', 'id:55', 'constructor', '__proto__', '<F9>')
  const arbitraryTable = fc.record({ isLoaded: fc.boolean(), codes: fc.array(names), aliases: fc.dictionary(names, names) })
  const policies = fc.record<CodePolicy>({
    missingCustomer: fc.constantFrom('refuse', 'create', 'account'),
    customerCodeWhenMissing: fc.constant('WEB'),
    unknownCustomer: fc.constantFrom('refuse', 'report'),
    unknownProduct: fc.constantFrom('refuse', 'report'),
  })
  fc.assert(
    fc.property(unconstrainedOrder(), arbitraryTable, policies, (order, drawn, policy) => {
      const lookedUp = new Set<string>()
      const watch = (map: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
        const get = (name: string): string | undefined => {
          lookedUp.add(name)
          return map.get(name)
        }
        return Object.assign(new Map(map), { get })
      }
      const plain = table(drawn.isLoaded ? drawn.codes : null, drawn.aliases)
      const watched = { ...plain, codes: watch(plain.codes), aliases: watch(plain.aliases) }
      const result = resolve(order, { customers: watched, products: watched }, policy)
      const { customers, products } = codesToLookUp(order, policy)
      const named = Object.values(drawn.aliases).map((code) => code.trim().toLowerCase())
      const expected = [...customers.codes, ...customers.aliases, ...products.codes, ...products.aliases, ...named]
      for (const name of lookedUp) expect(expected).toContain(name)
      const codes = [result.order.customer.code, ...result.order.lines.map((line) => line.sku)]
      const before = [order.customer.code, ...order.lines.map((line) => line.sku)]
      expect(result.changes.filter((change) => change.before !== change.after)).toHaveLength(
        codes.filter((code, index) => code !== before[index]).length,
      )
      const restored = {
        ...result.order,
        customer: { ...result.order.customer, code: order.customer.code },
        lines: result.order.lines.map((line, index) => ({ ...line, sku: order.lines[index]?.sku ?? '' })),
      }
      expect(restored).toEqual(order)
    }),
    { numRuns: 1000 },
  )
})
