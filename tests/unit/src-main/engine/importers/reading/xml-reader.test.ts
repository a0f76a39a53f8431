import { describe, expect, test } from 'vitest'
import { childOf, childrenOf, readXml, type XmlElement } from '../../../../../../src-main/engine/importers/reading/xml-reader'
import { bytesOf } from '../documents'

const root = (text: string): XmlElement => {
  const read = readXml(bytesOf(text))
  if (!read.ok) throw new Error(read.failure.message)
  return read.root
}
const failure = (text: string) => {
  const read = readXml(bytesOf(text))
  if (read.ok) throw new Error('The text was accepted.')
  return read.failure
}

describe('XML', () => {
  test('becomes a tree of names and namespaces, independent of prefixes', () => {
    const read = root('<a xmlns="urn:1" xmlns:p="urn:2">\n <p:b x="1" p:x="2">t<![CDATA[<&>]]>&amp;&#233;</p:b><b/><p:b/></a>')
    expect(read).toMatchObject({ namespace: 'urn:1', name: 'a', line: 1 })
    expect(childOf(read, 'urn:2', 'b')).toMatchObject({ text: 't<&>&é', line: 2, attributes: new Map([['x', '1']]) })
    expect(childrenOf(read, 'urn:2', 'b')).toHaveLength(2)
    expect(childOf(read, 'urn:3', 'b')).toBe(undefined)
    expect(childrenOf(undefined, 'urn:3', 'b')).toEqual([])
  })

  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')

  test.each([
    ['a document type', '<!DOCTYPE a><a/>', 'has-dtd'],
    ['a billion laughs', `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><a>&l9;</a>`, 'has-dtd'],
    ['a file as an entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'has-dtd'],
    ['an external DTD', '<!DOCTYPE a SYSTEM "http://example.com/a.dtd"><a/>', 'has-dtd'],
    ['an undeclared entity', '<a>&x;</a>', 'not-xml'],
    ['an open element', '<a><b></a>', 'not-xml'],
    ['two roots', '<a/><b/>', 'not-xml'],
    ['an undeclared prefix', '<x:a/>', 'not-xml'],
    ['a duplicate attribute', '<a x="1" x="2"/>', 'not-xml'],
    ['a bare ampersand', '<a>R&D</a>', 'not-xml'],
    ['a surrogate as a character', '<a>&#xD800;</a>', 'not-xml'],
    ['a control character', '<a>\u0001</a>', 'not-xml'],
    ['only a declaration', '<?xml version="1.0"?>', 'not-xml'],
    ['65 levels', '<a>'.repeat(65) + '</a>'.repeat(65), 'too-deep'],
    ['500,001 elements', `<a>${'<b/>'.repeat(500_000)}</a>`, 'too-complex'],
    ['257 attributes', `<a ${Array.from({ length: 257 }, (_, n) => `a${n}=""`).join(' ')}/>`, 'too-complex'],
    ['more than 10 MB', `<a>${'x'.repeat(10 * 1024 * 1024)}</a>`, 'too-large'],
  ])('with %s is refused', (_case, text, code) => {
    expect(failure(text).code).toBe(code)
  })

  test('is refused with the line and column of the error', () => {
    expect(failure('<a>\n  <b>\n</a>').message).toMatch(/^The file is not well-formed XML: line 3, column \d+: /)
  })

  test('with names of the object prototype is read safely', () => {
    const read = root('<a __proto__="1" constructor="2" xmlns:__proto__="urn:p"><__proto__:b toString="3"/><hasOwnProperty/></a>')
    expect([...read.attributes]).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ])
    expect(childOf(read, 'urn:p', 'b')?.attributes.get('toString')).toBe('3')
  })

  test('64 levels deep is read', () => {
    expect(root('<a>'.repeat(64) + '</a>'.repeat(64)).name).toBe('a')
  })
})
