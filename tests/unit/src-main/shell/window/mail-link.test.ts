import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mailLink } from '../../../../../src-main/shell/window/mail-link'
import { arbitraryText } from '../../../../support/orders'

test('a support email has its recipient, subject and text', () => {
  const url = new URL(mailLink('help@example.com', 'Order W1 & more', 'One\nTwo?bcc=x'))
  expect(decodeURIComponent(url.pathname)).toBe('help@example.com')
  expect(url.searchParams.get('subject')).toBe('Order W1 & more')
  expect(url.searchParams.get('body')).toBe('One\r\nTwo?bcc=x')
})

test('no text can add a header or a recipient, and the link is short enough for Windows', () => {
  const hostile = fc.oneof(arbitraryText(3000), fc.constantFrom('a\r\nBcc: x@y', '&cc=x@y', '?to=x', '%0d%0aBcc:x'))
  fc.assert(
    fc.property(hostile, hostile, (subject, text) => {
      const link = mailLink('', subject, text)
      expect(link).toMatch(/^mailto:\?subject=[\w.!~*'()%-]*&body=[\w.!~*'()%-]*$/)
      expect(link.length).toBeLessThanOrEqual(1900)
      const url = new URL(link)
      expect([...url.searchParams.keys()]).toEqual(['subject', 'body'])
      expect(url.searchParams.get('subject')).not.toMatch(/[\r\n]/)
    }),
    { numRuns: 300 },
  )
})
