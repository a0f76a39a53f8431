import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromMinor, isDecimal, minorDigits, moneyText, toMinor, trimDecimal } from '../../../src-shared/money'

const currency = fc.constantFrom('AUD', 'JPY', 'KWD', 'CLF', 'XXX')

describe('amounts in minor units', () => {
  test.for([
    ['29.35', 'AUD', 2935],
    ['29.3', 'AUD', 2930],
    ['29', 'AUD', 2900],
    ['.5', 'AUD', 50],
    ['5.', 'AUD', 500],
    ['-0.01', 'AUD', -1],
    ['1.005', 'AUD', 101],
    ['-1.005', 'AUD', -101],
    ['1.004999', 'AUD', 100],
    ['0.1', 'JPY', 0],
    ['0.5', 'JPY', 1],
    ['1.2345', 'KWD', 1235],
    ['90071992547409.91', 'AUD', 9007199254740991],
  ] as const)('%s %s is %i', ([text, code, minor]) => {
    expect(toMinor(text, code)).toBe(minor)
  })

  test.for(['', ' ', '1,000.00', '1e3', '0x10', 'NaN', 'Infinity', '--1', '1.2.3', '١٢', '1 000', '+1.00', '$5', '1'.repeat(31), '.'])(
    '%j is not an amount',
    (text) => {
      expect(isDecimal(text)).toBe(false)
      expect(() => toMinor(text, 'AUD')).toThrow(RangeError)
      expect(() => trimDecimal(text)).toThrow(RangeError)
    },
  )

  test('an amount that is too large for an exact integer is refused', () => {
    expect(() => toMinor('90071992547409.92', 'AUD')).toThrow(RangeError)
    expect(() => toMinor('-900719925474099999', 'JPY')).toThrow(RangeError)
  })

  test('every amount survives a round trip, without exponents or group separators', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), currency, (minor, code) => {
        const text = fromMinor(minor, code)
        expect(text).toMatch(/^-?\d+(\.\d+)?$/)
        expect(text.split('.')[1]?.length ?? 0).toBe(minorDigits(code))
        expect(toMinor(text, code) + 0).toBe(minor + 0)
      }),
    )
  })

  test('a sum of texts equals the sum of minor units', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1 }), currency, (parts, code) => {
        const sum = parts.reduce((total, part) => total + toMinor(fromMinor(part, code), code), 0)
        expect(sum).toBe(parts.reduce((total, part) => total + part, 0))
      }),
    )
  })

  test('are rounded to the nearest minor unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 999 }), currency, (whole, thousandths, code) => {
        const text = `${whole}.${String(thousandths).padStart(3, '0')}9`
        const sign = whole < 0 ? -1 : 1
        const exact = (Math.abs(whole) + Number(`0.${String(thousandths).padStart(3, '0')}9`)) * 10 ** minorDigits(code) * sign
        expect(Math.abs(toMinor(text, code) - exact)).toBeLessThanOrEqual(0.5 + Math.abs(exact) * 1e-12)
      }),
    )
  })
})

describe('money as text', () => {
  test.for([
    [123456, 'AUD', '1,234.56 AUD'],
    [-123456789, 'AUD', '-1,234,567.89 AUD'],
    [5, 'AUD', '0.05 AUD'],
    [-5, 'AUD', '-0.05 AUD'],
    [0, 'AUD', '0.00 AUD'],
    [100000, 'JPY', '100,000 JPY'],
    [999, 'JPY', '999 JPY'],
    [1234567, 'KWD', '1,234.567 KWD'],
  ] as const)('%i of %s is %s', ([minor, code, text]) => {
    expect(moneyText(minor, code)).toBe(text)
  })
})

describe('decimals without trailing zeros', () => {
  test.for([
    ['2.50', '2.5'],
    ['2.00', '2'],
    ['-0.0', '0'],
    ['.5', '0.5'],
    ['007', '7'],
    ['100', '100'],
    ['0.0000001', '0.0000001'],
    ['12345678901234567890', '12345678901234567890'],
  ] as const)('%s is %s', ([text, trimmed]) => {
    expect(trimDecimal(text).replace(/^-0$/, '0')).toBe(trimmed)
  })

  test('are the same numbers as before, and do not change when trimmed again', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 999 }), (whole, fraction) => {
        const text = `${whole}.${String(fraction).padStart(3, '0')}`
        const trimmed = trimDecimal(text)
        expect(Number(trimmed)).toBe(Number(text))
        expect(trimDecimal(trimmed)).toBe(trimmed)
        expect(trimmed).not.toMatch(/\.\d*0$|\.$|e/)
      }),
    )
  })
})
