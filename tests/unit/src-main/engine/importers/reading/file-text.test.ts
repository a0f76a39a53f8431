import { describe, expect, test } from 'vitest'
import { decodeJson, decodeXml, fileKind } from '../../../../../../src-main/engine/importers/reading/file-text'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const joined = (...parts: (Uint8Array | number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))
const utf16 = (text: string, isBigEndian = false): Uint8Array =>
  Uint8Array.from(
    [...text]
      .flatMap((character) => [...Array(character.length).keys()].map((at) => character.charCodeAt(at)))
      .flatMap((unit) => (isBigEndian ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])),
  )

const xmlIn = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?><a>é€</a>`

describe('the text of a file', () => {
  test.each<[string, Uint8Array, string]>([
    ['UTF-8', utf8('{"a":"é€😀"}'), '{"a":"é€😀"}'],
    ['UTF-8 with a byte order mark', joined([0xef, 0xbb, 0xbf], utf8('{"a":"é"}')), '{"a":"é"}'],
    ['UTF-16 little-endian with a byte order mark', joined([0xff, 0xfe], utf16('{"a":"é😀"}')), '{"a":"é😀"}'],
    ['UTF-16 big-endian with a byte order mark', joined([0xfe, 0xff], utf16('{"a":"é😀"}', true)), '{"a":"é😀"}'],
    ['UTF-16 little-endian without a byte order mark', utf16('{"a":"é"}'), '{"a":"é"}'],
    ['UTF-16 big-endian without a byte order mark', utf16('{"a":"é"}', true), '{"a":"é"}'],
  ])('of JSON in %s is read', (_case, bytes, expected) => {
    expect(fileKind(bytes)).toBe('json')
    expect(decodeJson(bytes)).toEqual({ ok: true, text: expected })
  })

  test.each<[string, Uint8Array, string]>([
    ['UTF-8 without a declaration', utf8('<a>é€</a>'), 'é€'],
    ['UTF-8', utf8(xmlIn('UTF-8')), 'é€'],
    ['UTF-8 with a byte order mark and a wrong declaration', joined([0xef, 0xbb, 0xbf], utf8(xmlIn('iso-8859-1'))), 'é€'],
    ['UTF-16', joined([0xff, 0xfe], utf16(xmlIn('UTF-16'))), 'é€'],
    ['UTF-16 without a byte order mark', utf16(xmlIn('UTF-16BE'), true), 'é€'],
    ['UTF-8 declared as UTF-16', utf8(xmlIn('utf-16')), 'é€'],
    ['ISO-8859-1', joined(utf8('<?xml version="1.0" encoding="ISO-8859-1"?><a>'), [0xe9], utf8('</a>')), 'é'],
    ['Windows-1252', joined(utf8("<?xml version='1.0' encoding='windows-1252'?><a>"), [0xe9, 0x80, 0x92], utf8('</a>')), 'é€’'],
  ])('of XML in %s is read', (_case, bytes, expected) => {
    expect(fileKind(bytes)).toBe('xml')
    const decoded = decodeXml(bytes)
    expect(decoded.ok && /<a>(.*)<\/a>/.exec(decoded.text)?.[1]).toBe(expected)
  })

  test('in an encoding other than the declared one is refused, with the line', () => {
    const decoded = decodeXml(joined(utf8('<a>\n\n'), [0xe9], utf8('</a>')))
    expect(decoded).toMatchObject({
      ok: false,
      failure: { code: 'bad-encoding', message: 'The file is not valid UTF-8 text: line 3 contains bytes in another encoding.' },
    })
    expect(decodeJson(joined([0xff, 0xfe], utf16('["'), [0x00, 0xd8], utf16('"]')))).toMatchObject({
      ok: false,
      failure: { code: 'bad-encoding' },
    })
    expect(decodeXml(utf8(xmlIn('ebcdic')))).toMatchObject({
      ok: false,
      failure: { code: 'bad-encoding', message: expect.stringContaining('"ebcdic"') },
    })
    expect(decodeXml(utf8(xmlIn('constructor')))).toMatchObject({ ok: false })
  })

  test.each<[string, Uint8Array]>([
    ['empty', utf8('')],
    ['empty', utf8(' \r\n\t')],
    ['empty', Uint8Array.from([0xef, 0xbb, 0xbf])],
    ['zip', Uint8Array.from([0x50, 0x4b, 3, 4, 20])],
    ['other', utf8('Name,Email')],
    ['other', utf8('"text"')],
    ['json', utf8('\n [')],
    ['xml', utf8('\n <a')],
  ])('is recognised as %s', (kind, bytes) => {
    expect(fileKind(bytes)).toBe(kind)
  })
})
