import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mailAddress } from '../../../../../src-main/engine/notices/mail-address'
import { DEFAULT_TEMPLATES, noticeText, unknownPlaceholders } from '../../../../../src-main/engine/notices/notice-text'
import { arbitraryText } from '../../../../support/orders'

const anyText = arbitraryText()
const VALUES = { number: 'W1', customer: 'Jane', status: 'Dispatched', comments: '', shop: 'Shop' }

describe('an email address', () => {
  test.each([
    ['jane@example.com', 'jane@example.com'],
    ['  Jane.O+shop@Mail.Example.COM ', 'Jane.O+shop@mail.example.com'],
    ['jane@bücher.example', 'jane@xn--bcher-kva.example'],
    ["o'hara@example.com", "o'hara@example.com"],
  ])('%s is accepted', (text, address) => expect(mailAddress(text)).toBe(address))

  test.each([
    ['nothing', ''],
    ['no @', 'jane'],
    ['no domain', 'jane@'],
    ['no local part', '@example.com'],
    ['a bare host', 'jane@localhost'],
    ['an IP address', 'jane@127.0.0.1'],
    ['an address literal', 'jane@[127.0.0.1]'],
    ['two addresses', 'a@example.com,b@example.com'],
    ['two @', 'a@b@example.com'],
    ['a name', 'Jane <jane@example.com>'],
    ['a quoted part', '"ja ne"@example.com'],
    ['a line end', 'jane@example.com\r\nBcc: x@example.com'],
    ['a line end before the @', 'a\n@example.com'],
    ['non-ASCII letters before the @', 'jäne@example.com'],
    ['two dots', 'ja..ne@example.com'],
    ['a dot at the end', 'jane.@example.com'],
    ['a label that ends with a hyphen', 'jane@exa-.com'],
    ['a local part that is too long', `${'a'.repeat(65)}@example.com`],
    ['a domain that is too long', `a@${'b'.repeat(64)}.com`],
    ['a percent sign in the domain', 'a@exa%00mple.com'],
  ])('with %s is refused', (_case, text) => expect(mailAddress(text)).toBeNull())

  test('contains nothing that SMTP or a header could misinterpret', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.emailAddress(), fc.string()), (text) => {
        const address = mailAddress(text)
        if (address !== null) expect(address).toMatch(/^[!-;=?A-~]+@[a-z0-9.-]+$/)
      }),
    )
  })
})

describe('the text of a notice', () => {
  test('has a one-line subject and no control characters, for any order', () => {
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

  test('has no gap for an empty placeholder, and has comments at the end if the template has no placeholder for them', () => {
    const template = { subject: 'x', text: 'A\n\n{{comments}}\n\nB' }
    expect(noticeText(template, VALUES).text).toBe('A\n\nB\n')
    expect(noticeText({ subject: 'x', text: 'A' }, { ...VALUES, comments: 'why' }).text).toBe('A\n\nwhy\n')
  })

  test('has a valid default template for every status', () => {
    for (const template of Object.values(DEFAULT_TEMPLATES)) expect(unknownPlaceholders(template)).toEqual([])
    expect(unknownPlaceholders({ subject: '{{a}}', text: '{{ number }} {{constructor}} {{a}}' })).toEqual(['a', 'constructor'])
  })
})
