import { describe, expect, test } from 'vitest'
import { PROFILE_NAMES, type ProfileName, parseProfileSettings } from '../../../../../src-shared/profiles/profiles'
import { sampleLine, sampleOrder } from '../../../../support/orders'
import { resolveAndRender } from '../../../../support/resolve-and-render'

const { customer } = sampleOrder()
const newCustomer = sampleOrder({ customer: { ...customer, code: '' } })

function renderNewCustomer(profile: ProfileName, policy: object): { text: string; changes: string[] } {
  const rendered = resolveAndRender(newCustomer, parseProfileSettings({ profile, ...policy }))
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems))
  return { text: new TextDecoder().decode(rendered.bytes), changes: rendered.changes.map(({ field, after }) => `${field}: ${after}`) }
}

describe.each(PROFILE_NAMES)('%s, for a customer without a code', (profile) => {
  test('refuses the order with one problem that names the customer, and gives a draft of the file', () => {
    const rendered = resolveAndRender(newCustomer, parseProfileSettings({ profile, missingCustomer: 'refuse' }))
    expect(rendered).toMatchObject({
      ok: false,
      problems: [{ code: 'customer-code-missing', field: 'customer code', message: expect.stringContaining(customer.company) }],
    })
    expect(!rendered.ok && rendered.draft?.byteLength).toBeGreaterThan(0)
  })

  test('uses the default account, and reports it', () => {
    const { text, changes } = renderNewCustomer(profile, { missingCustomer: 'account', customerCodeWhenMissing: 'WEB' })
    expect(text).toContain('WEB')
    expect(changes).toContain('customer code: WEB')
  })

  test('requires the code of the default account', () => {
    expect(() => parseProfileSettings({ profile, missingCustomer: 'account' })).toThrow(/customerCodeWhenMissing: must name the account/)
  })
})

test.each(['ubl-order', 'order-xml'] as const)(
  'a customer that the package should create is sent without a code but with all other data in %s',
  (profile) => {
    const { text, changes } = renderNewCustomer(profile, { missingCustomer: 'create' })
    expect(text).not.toMatch(/SupplierAssignedAccountID|<code>/)
    for (const value of [
      customer.name,
      customer.company,
      customer.email,
      customer.phone,
      newCustomer.billTo.line1,
      newCustomer.shipTo.line1,
    ])
      expect(text).toContain(value)
    expect(changes).toEqual([])
  },
)

test.each(['attache-xmlkfi', 'attache-kfi'] as const)('%s cannot create a customer, and its settings reject that policy', (profile) => {
  expect(() => parseProfileSettings({ profile, missingCustomer: 'create' })).toThrow(
    /missingCustomer: may be refuse or account: this format does not contain the data/,
  )
})

describe('the tax code', () => {
  const taxCodes = { '10': 'GST', '0': 'FREE' }
  const order = sampleOrder({ lines: [sampleLine({ taxRate: '10.00' }), sampleLine({ taxRate: '0', taxMinor: 0 })] })
  const text = (profile: ProfileName, settings: object) => {
    const rendered = resolveAndRender(order, parseProfileSettings({ profile, ...settings }))
    return rendered.ok ? new TextDecoder().decode(rendered.bytes) : ''
  }

  test('depends on the rate, in any notation', () => {
    const inOrderXml = text('order-xml', { taxCodes })
    expect([...inOrderXml.matchAll(/<taxCode>(.*)<\/taxCode>/g)].map((match) => match[1])).toEqual(['GST', 'FREE', 'GST'])
    const inUbl = text('ubl-order', { taxCodes })
    expect([...inUbl.matchAll(/Category>\s*<cbc:ID>(.*)<\/cbc:ID>/g)].map((match) => match[1])).toEqual([
      'GST',
      'GST',
      'FREE',
      'GST',
      'FREE',
    ])
    expect(text('order-xml', {})).not.toContain('taxCode')
    expect(text('ubl-order', {})).toMatch(/<cbc:ID>S<[\s\S]*<cbc:ID>Z</)
  })

  test.each(['ubl-order', 'order-xml', 'attache-xmlkfi', 'attache-kfi'] as const)(
    'of an unknown rate is a problem for each line in %s, and nothing is written',
    (profile) => {
      const unknown = sampleOrder({
        lines: [sampleLine({ taxRate: '19' }), sampleLine({ taxRate: null }), sampleLine({ taxRate: null, taxMinor: 0 })],
      })
      const template = [
        { kind: 'order', field: 'line.code', element: 'a' },
        { kind: 'order', field: 'line.taxCode', element: 'b' },
      ]
      const profileSettings = {
        'attache-xmlkfi': { productLine: template },
        'attache-kfi': { lineRow: template.map(({ element: _, ...field }) => field) },
        'ubl-order': {},
        'order-xml': {},
      }[profile]
      const rendered = resolveAndRender(unknown, parseProfileSettings({ profile, taxCodes, ...profileSettings }))
      const problems = rendered.ok ? [] : rendered.problems
      expect(problems.map((problem) => [problem.field, problem.code])).toEqual([
        ['line 1: tax code', 'tax-unknown'],
        ['line 2: tax code', 'tax-unknown'],
      ])
      expect(problems[0]?.message).toMatch(/codes for 0%, 10%|codes for 10%, 0%/)
    },
  )
})
