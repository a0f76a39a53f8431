import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { renderOrder } from '../../../../../../src-main/engine/exporters/render-order'
import type { Place } from '../../../../../../src-shared/failure'
import { defaultProfileSettings, PROFILE_NAMES } from '../../../../../../src-shared/profiles/profiles'
import { arbitraryOrder, lawlessOrder, sampleLine, sampleOrder } from '../../../../../support/orders'

/** What stands at a place, as an editor would select it. */
function textAtPlace(text: string, { line, column, length }: Place): string {
  let start = 0
  for (let each = 1; each < line; each += 1) start = text.indexOf('\n', start) + 1
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

test.each(PROFILE_NAMES)('%s: a changed value stands where the change says', (name) => {
  const settings = defaultProfileSettings(name)
  const isText = name === 'attache-kfi'
  let exact = 0
  fc.assert(
    fc.property(fc.oneof(arbitraryOrder(), lawlessOrder()), (order) => {
      const rendered = renderOrder(order, settings)
      const bytes = rendered.ok ? rendered.bytes : rendered.draft
      const text = isText ? iconv.decode(Buffer.from(bytes ?? []), 'windows-1252') : new TextDecoder().decode(bytes)
      for (const change of rendered.changes ?? []) {
        if (change.at === undefined) continue
        const found = textAtPlace(text, change.at)
        const value = isText ? found : unescaped(found)
        const isWhole = found.startsWith('<') || (isText && found.startsWith('"'))
        // A long text runs on through several fields; a part of the order is marked where its value has no field.
        if (!isWhole && change.after.startsWith(value)) exact += 1
        else if (!isWhole) throw new Error(`${change.field}: ${JSON.stringify([found, change.after])}`)
      }
      for (const problem of rendered.ok ? [] : rendered.problems) {
        if (problem.at === undefined) continue
        const { line, column, length } = problem.at
        expect(Math.min(line, column, length + 1)).toBeGreaterThan(0)
        expect(textAtPlace(text, problem.at)).toHaveLength(length)
      }
    }),
    { numRuns: 1000 },
  )
  expect(exact).toBeGreaterThan(200)
})

test('a problem is marked at its value, or at the line that lacks it', () => {
  const order = sampleOrder({
    customer: { ...sampleOrder().customer, code: 'MUCHTOOLONG' },
    lines: [sampleLine(), sampleLine({ sku: '' })],
  })
  const marked = (name: 'attache-kfi' | 'attache-xmlkfi') => {
    const rendered = renderOrder(order, defaultProfileSettings(name))
    if (rendered.ok) throw new Error('it was written')
    const draft = new TextDecoder().decode(rendered.draft)
    return rendered.problems.map((problem) => [problem.code, problem.at?.line, problem.at && textAtPlace(draft, problem.at)])
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
