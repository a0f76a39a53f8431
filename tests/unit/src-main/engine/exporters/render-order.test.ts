import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderOrder } from '../../../../../src-main/engine/exporters/render-order'
import type { ReceivedOrder } from '../../../../../src-shared/order'
import { defaultProfileSettings, PROFILE_NAMES } from '../../../../../src-shared/profiles/profiles'
import { HOSTILE_TEXTS, sampleLine, sampleOrder, unconstrainedOrder } from '../../../../support/orders'
import { readKfi } from '../../../../support/read-kfi'
import { readXml } from '../../../../support/read-xml'
import { extraTitle, hasReferenceData } from '../../../../support/reference-data'
import { ublOrderErrors } from '../../../../support/ubl-schema'
import { ublStructureErrors } from '../../../../support/ubl-structure'

/** An order that a malicious or careless shopper could send. */
const hostile: ReceivedOrder = sampleOrder({
  number: '../../evil',
  note: `<F9> ]]> 😀 \u202eright-to-left\u202c ${HOSTILE_TEXTS.join(' ')} ${'long '.repeat(2000)}`,
  reference: '\u0000\ud800',
  lines: [sampleLine({ name: 'A 3" "pipe"\r\nwith <b>breaks</b>', note: ']]>' }), sampleLine({ sku: 'R&D-1' })],
})

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

describe.each(PROFILE_NAMES)('%s', (name) => {
  const settings = defaultProfileSettings(name)

  test('never throws, and gives either bytes or problems with remedies for any order', () => {
    fc.assert(
      fc.property(unconstrainedOrder(), (order) => {
        const rendered = renderOrder(order, settings)
        if (rendered.ok) return rendered.bytes.length > 0
        return rendered.problems.length > 0 && rendered.problems.every((problem) => problem.message !== '' && problem.remedy !== '')
      }),
      { numRuns: 1000 },
    )
  })

  test('gives the same bytes for the same order and does not change the order', () => {
    const order = deepFreeze(structuredClone(hostile))
    expect(renderOrder(order, deepFreeze(structuredClone(settings)))).toEqual(renderOrder(order, settings))
  })

  test('renders a huge order within a few seconds', () => {
    const huge = sampleOrder({ note: '<F9>"é北\ud800&amp;amp;'.repeat(50_000), lines: Array.from({ length: 2000 }, () => sampleLine()) })
    const start = process.cpuUsage()
    renderOrder(huge, settings)
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1e6).toBeLessThan(5)
  })
})

describe('a hostile order', () => {
  const bytesOf = (name: (typeof PROFILE_NAMES)[number]): Uint8Array => {
    const rendered = renderOrder(hostile, defaultProfileSettings(name))
    if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems))
    return rendered.bytes
  }

  test('is well-formed XML', () => {
    expect(readXml(bytesOf('ubl-order')).name).toBe('Order')
    expect(readXml(bytesOf('attache-xmlkfi')).name).toBe('xmlkfi')
  })

  test('has the structure of UBL', () => {
    expect(ublStructureErrors([bytesOf('ubl-order')])).toEqual([])
  })

  test.skipIf(!hasReferenceData)(extraTitle('is valid UBL'), async () => {
    expect(await ublOrderErrors([bytesOf('ubl-order')])).toEqual([])
  })

  test('presses only the keys of the KFI template', () => {
    const keys = readKfi(new TextDecoder('windows-1252').decode(bytesOf('attache-kfi')))
      .flat()
      .flatMap((field) => ('keys' in field ? field.keys : []))
    expect(keys).toEqual(['<F9>', '<F4>', '<DOWN>', '<DOWN>', '<DOWN>', '<DOWN>', '<ENTER>'])
  })
})
