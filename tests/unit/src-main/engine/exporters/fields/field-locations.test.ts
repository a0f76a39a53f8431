import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { renderOrder } from '../../../../../../src-main/engine/exporters/render-order'
import type { TextRange } from '../../../../../../src-shared/failure'
import { defaultProfileSettings, PROFILE_NAMES } from '../../../../../../src-shared/profiles/profiles'
import { arbitraryOrder, sampleLine, sampleOrder, unconstrainedOrder } from '../../../../../support/orders'

/** The text in a range, as an editor would select it. */
function textInRange(text: string, { line, column, length }: TextRange): string {
  let start = 0
  for (let current = 1; current < line; current += 1) start = text.indexOf('\n', start) + 1
  return text.slice(start + column - 1, start + column - 1 + length)
}

const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#13;', '\r')
    .replaceAll('&amp;', '&')

test.each(PROFILE_NAMES)('%s: the range of a change contains the changed value', (name) => {
  const settings = defaultProfileSettings(name)
  const isText = name === 'attache-kfi'
  let exact = 0
  fc.assert(
    fc.property(fc.oneof(arbitraryOrder(), unconstrainedOrder()), (order) => {
      const rendered = renderOrder(order, settings)
      const bytes = rendered.ok ? rendered.bytes : rendered.draft
      const text = isText ? iconv.decode(Buffer.from(bytes ?? []), 'windows-1252') : new TextDecoder().decode(bytes)
      for (const change of rendered.changes ?? []) {
        if (change.at === undefined) continue
        const found = textInRange(text, change.at)
        const value = isText ? found : unescaped(found)
        const isWhole = found.startsWith('<') || (isText && found.startsWith('"'))
        // A long text may continue in other fields. If a value has no field, the whole section is marked.
        if (!isWhole && change.after.startsWith(value)) exact += 1
        else if (!isWhole) throw new Error(`${change.field}: ${JSON.stringify([found, change.after])}`)
      }
      for (const problem of rendered.ok ? [] : rendered.problems) {
        if (problem.at === undefined) continue
        const { line, column, length } = problem.at
        expect(Math.min(line, column, length + 1)).toBeGreaterThan(0)
        expect(textInRange(text, problem.at)).toHaveLength(length)
      }
    }),
    { numRuns: 1000 },
  )
  expect(exact).toBeGreaterThan(200)
})

test('the range of a problem contains the invalid value, or the line that lacks a value', () => {
  const order = sampleOrder({
    customer: { ...sampleOrder().customer, code: 'MUCHTOOLONG' },
    lines: [sampleLine(), sampleLine({ sku: '' })],
  })
  const marked = (name: 'attache-kfi' | 'attache-xmlkfi') => {
    const rendered = renderOrder(order, defaultProfileSettings(name))
    if (rendered.ok) throw new Error('The order was written.')
    const draft = new TextDecoder().decode(rendered.draft)
    return rendered.problems.map((problem) => [problem.code, problem.at?.line, problem.at && textInRange(draft, problem.at)])
  }
  expect(marked('attache-xmlkfi').toSorted()).toEqual([
    ['code-too-long', 5, 'MUCHTOOLONG'],
    ['product-code-missing', 21, '<productline>'],
  ])
  expect(marked('attache-kfi').toSorted()).toEqual([
    ['code-too-long', 1, 'MUCHTOOLONG'],
    ['product-code-missing', 3, ''],
  ])
})
