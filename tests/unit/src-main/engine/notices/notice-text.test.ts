import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mailAddress } from '../../../../../src-main/engine/notices/mail-address'
import { DEFAULT_TEMPLATES, noticeText, unknownPlaceholders } from '../../../../../src-main/engine/notices/notice-text'
import { arbitraryText } from '../../../../support/orders'

const anyText = arbitraryText()
const VALUES = { number: 'W1', customer: 'Jane', status: 'Dispatched', comments: '', shop: 'Shop' }

describe('a mail address', () => {
  test.each([
    ['jane@example.com', 'jane@example.com'],
    ['  Jane.O+shop@Mail.Example.COM ', 'Jane.O+shop@mail.example.com'],
    ['jane@bücher.example', 'jane@xn--bcher-kva.example'],
    ["o'hara@example.com", "o'hara@example.com"],
  ])('%s is taken', (text, address) => expect(mailAddress(text)).toBe(address))

  test.each([
    ['nothing', ''],
    ['no @', 'jane'],
    ['no domain', 'jane@'],
    ['nobody', '@example.com'],
    ['a bare host', 'jane@localhost'],
    ['an address of a computer', 'jane@127.0.0.1'],
    ['a literal', 'jane@[127.0.0.1]'],
    ['two', 'a@example.com,b@example.com'],
    ['two @', 'a@b@example.com'],
    ['a name', 'Jane <jane@example.com>'],
    ['a quoted part', '"ja ne"@example.com'],
    ['a line end', 'jane@example.com\r\nBcc: x@example.com'],
    ['a line end before', 'a\n@example.com'],
    ['letters beyond ASCII before the @', 'jäne@example.com'],
    ['two dots', 'ja..ne@example.com'],
    ['a dot at the end', 'jane.@example.com'],
    ['a label that ends in a hyphen', 'jane@exa-.com'],
    ['a part that is too long', `${'a'.repeat(65)}@example.com`],
    ['too long a domain', `a@${'b'.repeat(64)}.com`],
    ['a percent sign in the domain', 'a@exa%00mple.com'],
  ])('with %s is refused', (_what, text) => expect(mailAddress(text)).toBeNull())

  test('holds nothing that SMTP or a header could take for something else', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.emailAddress(), fc.string()), (text) => {
        const address = mailAddress(text)
        if (address !== null) expect(address).toMatch(/^[!-;=?A-~]+@[a-z0-9.-]+$/)
      }),
    )
  })
})

describe('the text of a notice', () => {
  test('has a subject of one line, and no control characters, whatever the order says', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (customer, comments, number) => {
        const template = { subject: '{{customer}}{{comments}}{{number}}{{shop}}', text: '{{customer}}\n{{comments}}' }
        const { subject, text } = noticeText(template, { ...VALUES, customer, comments, number, shop: comments })
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\p{Surrogate}]/u)
        expect([...subject].length).toBeLessThanOrEqual(200)
        expect(text).not.toMatch(/(?![\n\t])\p{Cc}|\p{Surrogate}/u)
      }),
    )
  })

  test('does not look for placeholders in values', () => {
    const { text } = noticeText({ subject: 'x', text: '{{comments}}' }, { ...VALUES, comments: '{{shop}} {{number}} $& $1' })
    expect(text).toBe('{{shop}} {{number}} $& $1\n')
  })

  test('closes the gap of an empty placeholder, and adds comments where the template has no place for them', () => {
    const template = { subject: 'x', text: 'A\n\n{{comments}}\n\nB' }
    expect(noticeText(template, VALUES).text).toBe('A\n\nB\n')
    expect(noticeText({ subject: 'x', text: 'A' }, { ...VALUES, comments: 'why' }).text).toBe('A\n\nwhy\n')
  })

  test('has a sound default for every status', () => {
    for (const template of Object.values(DEFAULT_TEMPLATES)) expect(unknownPlaceholders(template)).toEqual([])
    expect(unknownPlaceholders({ subject: '{{a}}', text: '{{ number }} {{constructor}} {{a}}' })).toEqual(['a', 'constructor'])
  })
})
