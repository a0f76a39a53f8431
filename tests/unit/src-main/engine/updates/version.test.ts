import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { version as own } from '../../../../../package.json'
import { compareVersions, isNewer, parseVersion, type Version } from '../../../../../src-main/engine/updates/version'

const OLDEST_FIRST = [
  '0.0.0-test',
  '0.0.0',
  '0.1.0',
  '0.9.0',
  '0.9.10',
  '0.10.0',
  '1.0.0-0',
  '1.0.0-9',
  '1.0.0-10',
  '1.0.0-99999999999999999998',
  '1.0.0-99999999999999999999',
  '1.0.0--',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.1',
  '1.2.0',
  '2.0.0-rc.1',
  '2.0.0',
  '10.0.0',
]

const part = fc.oneof(fc.nat(30).map(String), fc.stringMatching(/^[a-z-][0-9a-z-]{0,3}$/))
const versions = fc
  .tuple(fc.nat(12), fc.nat(12), fc.nat(12), fc.array(part, { maxLength: 3 }))
  .map(([major, minor, patch, parts]) => `${major}.${minor}.${patch}${parts.length === 0 ? '' : `-${parts.join('.')}`}`)

function parsed(text: string): Version {
  const version = parseVersion(text)
  if (version === null) throw new Error(`${text} is not a version`)
  return version
}

describe('which of two versions is newer', () => {
  test.for(OLDEST_FIRST.flatMap((a, at) => OLDEST_FIRST.slice(at + 1).map((b) => [a, b] as const)))('%s is older than %s', ([a, b]) => {
    expect(isNewer(b, a)).toBe(true)
    expect(isNewer(a, b)).toBe(false)
  })

  test('no version is newer than itself', () => {
    fc.assert(fc.property(versions, (text) => !isNewer(text, text)))
  })

  test('the comparison is antisymmetric and transitive', () => {
    fc.assert(
      fc.property(versions, versions, versions, (x, y, z) => {
        const [a, b, c] = [parsed(x), parsed(y), parsed(z)]
        expect(Math.sign(compareVersions(a, b))).toBe(0 - Math.sign(compareVersions(b, a)))
        expect(compareVersions(a, b) === 0).toBe(x === y)
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 2000 },
    )
  })

  test('a release is newer than each of its pre-releases', () => {
    fc.assert(
      fc.property(versions, (text) => {
        const [release = ''] = text.split('-')
        expect(isNewer(release, text)).toBe(text.includes('-'))
      }),
    )
  })
})

describe('parsing a version', () => {
  test("this program's version is valid", () => {
    expect(parseVersion(own)).not.toBeNull()
  })

  test.for([
    '',
    '1',
    '1.2',
    '1.2.3.4',
    'v1.2.3',
    '01.2.3',
    '1.2.03',
    '1.2.3-',
    '1.2.3-01',
    '1.2.3-a..b',
    '1.2.3-ä',
    '1.2.3+build',
    ' 1.2.3',
    '1.2.3\n',
    '1.2.-3',
    '1e3.0.0',
    '9999999999.0.0',
    `1.2.3-${'a'.repeat(100)}`,
    'latest',
  ])('%j is not a version, and never newer', (text) => {
    expect(parseVersion(text)).toBeNull()
    expect(isNewer(text, '0.0.0-0')).toBe(false)
    expect(isNewer('9.9.9', text)).toBe(false)
  })

  test('any text is parsed or refused, and never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseVersion(text) === null || /^\d+\.\d+\.\d+/.test(text)))
  })
})
