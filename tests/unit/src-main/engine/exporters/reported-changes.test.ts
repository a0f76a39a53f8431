import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { renderOrder } from '../../../../../src-main/engine/exporters/render-order'
import type { ValueChange } from '../../../../../src-shared/failure'
import type { ReceivedOrder } from '../../../../../src-shared/order'
import { LINE_FIELDS, ORDER_FIELDS, parseProfileSettings } from '../../../../../src-shared/profiles/profiles'
import { arbitraryOrder, unconstrainedOrder } from '../../../../support/orders'
import { readKfi } from '../../../../support/read-kfi'
import { readXml, textsAt } from '../../../../support/read-xml'

/** Every text field of the order that a template can contain unchanged. */
const TEXTS = ORDER_FIELDS.filter((field) =>
  /^(customer\.(name|company|email|phone)|order\.(reference|note)|(bill|ship)To\.(?!companyOrName)\w+)$/.test(field),
)
const LINE_TEXTS = LINE_FIELDS.filter((field) => /^line\.(name|note|unit)$/.test(field))

/** The value from the store, read without the exporter's code. */
function storeValue(order: ReceivedOrder, field: string): string {
  const [owner = '', part = ''] = field.split('.')
  const from = owner === 'order' ? order : order[owner as 'customer' | 'billTo' | 'shipTo']
  return (from as unknown as Record<string, string>)[part] ?? ''
}

function storeValueInLine(order: ReceivedOrder, line: number, field: string): string {
  return (order.lines[line] as unknown as Record<string, string>)[field.slice('line.'.length)] ?? ''
}

/** True if the file has the text unchanged, or the change is reported. */
function isUnchangedOrReported(before: string, after: string, changes: readonly ValueChange[]): boolean {
  return before === after || changes.some((change) => change.before === before && change.after === after && change.reason !== '')
}

const templateField = (field: string) => ({ kind: 'order', field })
const orders = fc.oneof(arbitraryOrder(), unconstrainedOrder()).map((order) => ({ ...order, charges: [] }))

test('attache-kfi: every text is unchanged or its change is reported, for any order', () => {
  const settings = parseProfileSettings({
    profile: 'attache-kfi',
    headerRow: TEXTS.map(templateField),
    lineRow: LINE_TEXTS.map(templateField),
    closingRows: [],
  })
  let changed = 0
  fc.assert(
    fc.property(orders, (order) => {
      const rendered = renderOrder(order, settings)
      const bytes = rendered.ok ? rendered.bytes : rendered.draft
      const [header = [], ...lines] = readKfi(iconv.decode(Buffer.from(bytes ?? []), 'windows-1252'))
      const changes = rendered.changes ?? []
      const textOf = (cell: (typeof header)[number] | undefined) => (cell !== undefined && 'text' in cell ? cell.text : 'no text')
      for (const [index, field] of TEXTS.entries()) {
        const text = textOf(header[index])
        if (!isUnchangedOrReported(storeValue(order, field), text, changes))
          throw new Error(`${field}: ${JSON.stringify([storeValue(order, field), text])}`)
        if (text !== storeValue(order, field)) changed += 1
      }
      for (const [line, cells] of lines.entries()) {
        for (const [index, field] of LINE_TEXTS.entries()) {
          const before = storeValueInLine(order, line, field)
          if (!isUnchangedOrReported(before, textOf(cells[index]), changes))
            throw new Error(`${field}: ${JSON.stringify([before, textOf(cells[index])])}`)
        }
      }
    }),
    { numRuns: 1000 },
  )
  expect(changed).toBeGreaterThan(1000)
})

test('attache-xmlkfi: every text is unchanged or its change is reported, for any order', () => {
  const named = (field: string) => ({ element: field.replace('.', '_'), ...templateField(field) })
  const settings = parseProfileSettings({
    profile: 'attache-xmlkfi',
    header: TEXTS.map(named),
    productLine: [named('line.code'), named('line.name')],
  })
  let changed = 0
  fc.assert(
    fc.property(orders, (order) => {
      const rendered = renderOrder(order, settings)
      const root = readXml((rendered.ok ? rendered.bytes : rendered.draft) ?? new Uint8Array())
      for (const field of TEXTS) {
        const [text = ''] = textsAt(root, `record/header/${field.replace('.', '_')}`)
        if (!isUnchangedOrReported(storeValue(order, field), text, rendered.changes ?? []))
          throw new Error(`${field}: ${JSON.stringify([storeValue(order, field), text])}`)
        if (text !== storeValue(order, field)) changed += 1
      }
    }),
    { numRuns: 1000 },
  )
  expect(changed).toBeGreaterThan(1000)
})
