import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFeed } from '../../../../../src-main/engine/updates/read-feed'
import { FailureError } from '../../../../../src-shared/failure'

const FEED = new URL('https://downloads.example.com/ledgerdrop/feed.json')
const GOOD = { version: '1.2.0', page: 'https://downloads.example.com/ledgerdrop/', released: '2026-05-01', notes: 'Sorts faster.' }

const bytesOf = (text: string) => new TextEncoder().encode(text)
const read = (content: unknown, feed = FEED) => readFeed(bytesOf(JSON.stringify(content)), feed)

function failureOf(work: () => unknown): FailureError {
  try {
    work()
  } catch (error) {
    if (error instanceof FailureError) return error
    throw error
  }
  throw new Error('The feed was accepted.')
}

describe('a feed in the format of docs/updates.md', () => {
  test('is read completely', () => {
    expect(read(GOOD)).toEqual(GOOD)
  })

  test('matches the example in docs/updates.md', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../../docs/updates.md'), 'utf8')
    const example = page.split('```json')[1]?.split('```')[0] ?? ''
    expect(readFeed(bytesOf(example), FEED)).toMatchObject({
      version: '1.2.0',
      released: '2026-05-01',
      notes: expect.stringContaining('\n'),
    })
  })

  test('may omit the date and the notes', () => {
    expect(read({ version: '1.2.0-rc.1', page: GOOD.page })).toEqual({ version: '1.2.0-rc.1', page: GOOD.page, released: null, notes: '' })
  })

  test('on this computer may have an http page', () => {
    const feed = new URL('http://localhost:8080/feed.json')
    expect(read({ ...GOOD, page: 'http://localhost:8080/get' }, feed).page).toBe('http://localhost:8080/get')
  })
})

describe('an invalid feed is refused with the reason', () => {
  test.for<[string, unknown, RegExp]>([
    ['a list', [GOOD], /expected object/],
    ['a string', 'feed', /expected object/],
    ['nothing', null, /expected object/],
    ['no version', { page: GOOD.page }, /version: /],
    ['an invalid version', { ...GOOD, version: 'latest' }, /version: not a version such as 1\.2\.0/],
    ['a number as the version', { ...GOOD, version: 1.2 }, /version: /],
    ['an invalid date', { ...GOOD, released: '2026-02-30' }, /released: not a date/],
    ['a time instead of a date', { ...GOOD, released: '2026-05-01T00:00:00Z' }, /released: not a date/],
    ['notes as a list', { ...GOOD, notes: ['a'] }, /notes: /],
    ['notes that are too long', { ...GOOD, notes: 'x'.repeat(2001) }, /notes: /],
    ['an address that is too long', { ...GOOD, page: `https://downloads.example.com/${'x'.repeat(1000)}` }, /page: /],
    ['an unknown field', { ...GOOD, install: 'https://evil.example/run.exe' }, /install/],
  ])('%s', ([, content, reason]) => {
    const failure = failureOf(() => read(content))
    expect(failure.code).toBe('update-feed-invalid')
    expect(failure.message).toContain('downloads.example.com')
    expect(failure.message).toMatch(reason)
    expect(failure.remedy).not.toBe('')
  })

  test.for<[string, string | Uint8Array]>([
    ['a web page', '<!doctype html><title>Sign in</title>'],
    ['nothing at all', ''],
    ['truncated text', '{"version": "1.2.0", '],
    ['two values', '{}{}'],
    ['bytes that are not text', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)],
    ['half a character', Uint8Array.of(0x22, 0xc3, 0x22)],
    ['unclosed brackets', '['.repeat(64 * 1024)],
  ])('%s is not JSON', ([, content]) => {
    const bytes = typeof content === 'string' ? bytesOf(content) : content
    expect(failureOf(() => readFeed(bytes, FEED)).code).toBe('update-feed-not-json')
  })

  test('deeply nested brackets are JSON but not a feed', () => {
    const text = '['.repeat(32 * 1024) + ']'.repeat(32 * 1024)
    expect(failureOf(() => readFeed(bytesOf(text), FEED)).code).toBe('update-feed-invalid')
  })

  test('a prototype cannot be injected', () => {
    const text = `{"version":"1.2.0","page":"${GOOD.page}","__proto__":{"notes":"evil"}}`
    try {
      expect(readFeed(bytesOf(text), FEED).notes).toBe('')
    } catch (error) {
      expect(error).toMatchObject({ code: 'update-feed-invalid' })
    }
    expect(({} as { notes?: string }).notes).toBeUndefined()
  })
})

test.for([
  'https://evil.example/ledgerdrop/',
  'https://downloads.example.com.evil.example/',
  'https://downloads.example.com@evil.example/',
  'https://user:secret@downloads.example.com/',
  'https://downloads.example.com:8443/',
  'http://downloads.example.com/ledgerdrop/',
  '//downloads.example.com/ledgerdrop/',
  '/ledgerdrop/',
  'javascript:alert(1)',
  'file:///C:/Windows/System32/calc.exe',
  'ms-msdt:/id',
  'data:text/html,x',
  '',
])('the page %j is refused, because its origin is not that of the feed', (page) => {
  expect(failureOf(() => read({ ...GOOD, page }))).toMatchObject({
    code: 'update-page-elsewhere',
    message: expect.stringContaining('https://downloads.example.com'),
  })
})

describe('the notes are plain text', () => {
  test('control characters and text-direction marks are removed', () => {
    const notes = 'One\r\nTwo\u0000\u001b[31m\u202egnirts\u2066\tend\u2028Three\n\n\n\nFour \ud800'
    expect(read({ ...GOOD, notes }).notes).toBe('One\nTwo[31mgnirts end\nThree\n\nFour \ufffd')
  })

  test('markup is kept as plain characters', () => {
    const notes = '<img src=x onerror=alert(1)>'
    expect(read({ ...GOOD, notes }).notes).toBe(notes)
  })
})

test('any feed is read or refused with a code, and an offered page has the origin of the feed', () => {
  const field = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.constantFrom(...Object.values(GOOD)), fc.jsonValue())
  const content = fc.oneof(
    fc.jsonValue(),
    fc.record({ version: field, page: field, released: field, notes: field }, { requiredKeys: ['version', 'page'] }),
  )
  fc.assert(
    fc.property(content, (feed) => {
      try {
        expect(new URL(read(feed).page).origin).toBe(FEED.origin)
      } catch (error) {
        if (!(error instanceof FailureError)) throw error
        expect(error.code).toMatch(/^update-(feed-invalid|page-elsewhere)$/)
        expect(error.message.length).toBeLessThan(500)
      }
    }),
    { numRuns: 2000 },
  )
})

test('arbitrary bytes are refused with a code', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(failureOf(() => readFeed(bytes, FEED)).code).toMatch(/^update-/)
    }),
  )
})
