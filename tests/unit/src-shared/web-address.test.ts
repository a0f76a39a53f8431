import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseWebAddress } from '../../../src-shared/web-address'

test.for([
  ['https://example.com/feed.json', 'https://example.com/feed.json'],
  ['https://example.com', 'https://example.com/'],
  ['HTTPS://EXAMPLE.com:443/Feed.json?channel=stable', 'https://example.com/Feed.json?channel=stable'],
  ['https://example.com/feed.json#newest', 'https://example.com/feed.json'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ['http://localhost:8080/feed.json', 'http://localhost:8080/feed.json'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
  ['http://127.1/', 'http://127.0.0.1/'],
  ['http://[::1]:8080/', 'http://[::1]:8080/'],
] as const)('%s is a valid address', ([text, href]) => {
  const url = parseWebAddress(text)
  expect(url instanceof URL ? url.href : url).toBe(href)
})

test.for([
  ['', 'no-address'],
  ['example.com/feed.json', 'no-address'],
  ['https://', 'no-address'],
  ['https://exa mple.com/', 'no-address'],
  ['http://example.com/feed.json', 'not-https'],
  ['http://localhost.evil.example/', 'not-https'],
  ['http://127.0.0.1.evil.example/', 'not-https'],
  ['http://0.0.0.0/', 'not-https'],
  ['http://192.168.0.10/', 'not-https'],
  ['http://[::ffff:127.0.0.1]/', 'not-https'],
  ['ftp://example.com/feed.json', 'not-https'],
  ['file:///etc/passwd', 'not-https'],
  ['javascript:alert(1)', 'not-https'],
  ['app://ledgerdrop/', 'not-https'],
  ['https://user@example.com/', 'has-credentials'],
  ['https://:secret@example.com/', 'has-credentials'],
  ['http://user:secret@localhost/', 'has-credentials'],
] as const)('%j is refused: %s', ([text, fault]) => {
  expect(parseWebAddress(text)).toBe(fault)
})

test('any accepted address is https or on this computer, and has no credentials', () => {
  const hosts = fc.oneof(
    fc.domain(),
    fc.ipV4(),
    fc.ipV6().map((ip) => `[${ip}]`),
    fc.constantFrom('localhost', '127.0.0.1', '[::1]'),
  )
  const addresses = fc
    .tuple(fc.constantFrom('https', 'http', 'ftp', 'file'), fc.constantFrom('', 'a@', 'a:b@'), hosts, fc.string())
    .map(([scheme, user, host, rest]) => `${scheme}://${user}${host}/${rest}`)
  fc.assert(
    fc.property(fc.oneof(addresses, fc.string(), fc.webUrl()), (text) => {
      const url = parseWebAddress(text)
      if (!(url instanceof URL)) return
      expect(url.username + url.password + url.hash).toBe('')
      if (url.protocol !== 'https:') expect(url.hostname).toMatch(/^(localhost|127\.[\d.]+|\[::1\])$/)
    }),
    { numRuns: 1000 },
  )
})
