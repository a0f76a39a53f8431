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
  throw new Error('It was taken')
}

describe('a feed as docs/updates.md describes it', () => {
  test('is taken whole', () => {
    expect(read(GOOD)).toEqual(GOOD)
  })

  test('is the one that docs/updates.md shows', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../../docs/updates.md'), 'utf8')
    const example = page.split('```json')[1]?.split('```')[0] ?? ''
    expect(readFeed(bytesOf(example), FEED)).toMatchObject({
      version: '1.2.0',
      released: '2026-05-01',
      notes: expect.stringContaining('\n'),
    })
  })

  test('needs no date and no notes', () => {
    expect(read({ version: '1.2.0-rc.1', page: GOOD.page })).toEqual({ version: '1.2.0-rc.1', page: GOOD.page, released: null, notes: '' })
  })

  test('of this computer itself may name a page of http', () => {
    const feed = new URL('http://localhost:8080/feed.json')
    expect(read({ ...GOOD, page: 'http://localhost:8080/get' }, feed).page).toBe('http://localhost:8080/get')
  })
})

describe('a feed that is not as it should be is refused with the reason', () => {
  test.for<[string, unknown, RegExp]>([
    ['a list', [GOOD], /expected object/],
    ['a text', 'feed', /expected object/],
    ['nothing', null, /expected object/],
    ['no version', { page: GOOD.page }, /version: /],
    ['a version that is none', { ...GOOD, version: 'latest' }, /version: not a version such as 1\.2\.0/],
    ['a number for a version', { ...GOOD, version: 1.2 }, /version: /],
    ['a date that is none', { ...GOOD, released: '2026-02-30' }, /released: not a date/],
    ['a time in place of a date', { ...GOOD, released: '2026-05-01T00:00:00Z' }, /released: not a date/],
    ['notes as a list', { ...GOOD, notes: ['a'] }, /notes: /],
    ['notes that go on and on', { ...GOOD, notes: 'x'.repeat(2001) }, /notes: /],
    ['an address that goes on and on', { ...GOOD, page: `https://downloads.example.com/${'x'.repeat(1000)}` }, /page: /],
    ['something that is not described', { ...GOOD, install: 'https://evil.example/run.exe' }, /install/],
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
    ['a text that breaks off', '{"version": "1.2.0", '],
    ['two values', '{}{}'],
    ['bytes that are no text', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)],
    ['half a character', Uint8Array.of(0x22, 0xc3, 0x22)],
    ['brackets without end', '['.repeat(64 * 1024)],
  ])('%s is no JSON', ([, content]) => {
    const bytes = typeof content === 'string' ? bytesOf(content) : content
    expect(failureOf(() => readFeed(bytes, FEED)).code).toBe('update-feed-not-json')
  })

  test('brackets that all close are JSON and no feed', () => {
    const text = '['.repeat(32 * 1024) + ']'.repeat(32 * 1024)
    expect(failureOf(() => readFeed(bytesOf(text), FEED)).code).toBe('update-feed-invalid')
  })

  test('a prototype cannot be slipped in', () => {
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
])('the page %j is not offered: it is not of the same origin as the feed', (page) => {
  expect(failureOf(() => read({ ...GOOD, page }))).toMatchObject({
    code: 'update-page-elsewhere',
    message: expect.stringContaining('https://downloads.example.com'),
  })
})

describe('the notes are text and nothing else', () => {
  test('control characters and marks that turn the writing round are taken out', () => {
    const notes = 'One\r\nTwo\u0000\u001b[31m\u202egnirts\u2066\tend\u2028Three\n\n\n\nFour \ud800'
    expect(read({ ...GOOD, notes }).notes).toBe('One\nTwo[31mgnirts end\nThree\n\nFour \ufffd')
  })

  test('markup stays the characters that it is', () => {
    const notes = '<img src=x onerror=alert(1)>'
    expect(read({ ...GOOD, notes }).notes).toBe(notes)
  })
})

test('whatever comes is read or refused with a code, and what is offered is of the same origin', () => {
  const field = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.constantFrom(...Object.values(GOOD)), fc.jsonValue())
  const content = fc.oneof(
    fc.jsonValue(),
    fc.record({ version: field, page: field, released: field, notes: field }, { requiredKeys: ['version', 'page'] }),
  )
  fc.assert(
    fc.property(content, (given) => {
      try {
        expect(new URL(read(given).page).origin).toBe(FEED.origin)
      } catch (error) {
        if (!(error instanceof FailureError)) throw error
        expect(error.code).toMatch(/^update-(feed-invalid|page-elsewhere)$/)
        expect(error.message.length).toBeLessThan(500)
      }
    }),
    { numRuns: 2000 },
  )
})

test('whatever bytes come are read or refused with a code', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(failureOf(() => readFeed(bytes, FEED)).code).toMatch(/^update-/)
    }),
  )
})
