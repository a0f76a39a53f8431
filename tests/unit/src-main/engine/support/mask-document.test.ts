import { describe, expect, test } from 'vitest'
import { createMask, shapeOf } from '../../../../../src-main/engine/logs/mask-text'
import { maskDocument } from '../../../../../src-main/engine/support/mask-document'

const HARMLESS = new Set(['HOSE-15', '25.00', 'AUD', 'Garden hose'])
const masked = (text: string, ...personal: string[]) => maskDocument(text, HARMLESS, createMask(personal))

describe('a masked document', () => {
  test.for([
    [
      'JSON',
      '{"sku":"HOSE-15","name":"Jane O\'Brien","ip":"203.0.113.5","total":25.5}',
      '{"sku":"HOSE-15","name":"Xxxx X\'Xxxxx","ip":"999.9.999.9","total":"99.9"}',
    ],
    ['JSON with escapes', '{"name":"M\\u00fcller"}', '{"name":"Xxxxxx"}'],
    ['a key that is an address', '{"jane@example.com":"HOSE-15"}', '{"xxxx@xxxxxxx.xxx":"HOSE-15"}'],
  ])('%s: known harmless values are kept, and everything else is masked', ([, text = '', expected = '']) => {
    expect(JSON.parse(masked(text))).toEqual(JSON.parse(expected))
  })

  test('in XML: text, attributes, CDATA sections and broken tags are masked, and comments are removed', () => {
    const text =
      '<?xml version="1.0"?><!-- Jane --><o xmlns="urn:x" who="Jane" a=\'HOSE-15\'><n>M&#252;ller &amp; Jane</n><c><![CDATA[Jane]]></c><p>HOSE-15</p><t>25.00</t><Jane'
    expect(masked(text)).toBe(
      '<?xml version="1.0"?><o xmlns="urn:x" who="Xxxx" a="HOSE-15"><n>Xxxxxx &amp; Xxxx</n><c>Xxxx</c><p>HOSE-15</p><t>25.00</t>&lt;Xxxx',
    )
  })

  test('in KFI: quoted, comma-separated fields are masked', () => {
    expect(masked('"HARBOUR","W1","Smith, Jane"\r\n"HOSE-15","10"\r\n')).toBe('"XXXXXXX","X9","Xxxxx, Xxxx"\r\n"HOSE-15","99"\r\n')
  })

  test('a product named after the customer does not reveal the name', () => {
    expect(masked('{"name":"Garden hose"}', 'Garden')).not.toContain('Garden')
  })
})

describe('a text mask', () => {
  test.for([
    ['hides an email address', 'sent to bob.smith@shop.example: ok', 'sent to xxx.xxxxx@xxxx.xxxxxxx: ok'],
    ['hides a phone number', 'call +61 2 5550 1234 now', 'call +99 9 9999 9999 now'],
    ['hides the user’s name in a Windows folder', 'C:\\Users\\Jane\\drops\\a.kfi', 'C:\\Users\\(user)\\drops\\a.kfi'],
    ['hides the user’s name in a Linux folder', '/home/jane/drops', '/home/(user)/drops'],
    ['hides a known name, whether in upper or lower case', 'JANE CITIZEN called', 'XXXX XXXXXXX called'],
    ['hides a known name, transliterated', 'Muller called', 'Xxxxxx called'],
    ['hides a known name, escaped', 'M\u00fcller &amp; Co called', 'Xxxxxx &xxx; Xx called'],
    ['keeps a time', '2026-04-03 02:15:00.123 info', '2026-04-03 02:15:00.123 info'],
    ['keeps an id', 'run 447188282884096 ended', 'run 447188282884096 ended'],
  ])('%s', ([, text = '', expected = '']) => {
    expect(createMask(['Jane Citizen', 'Müller', 'Müller & Co'])(text)).toBe(expected)
  })

  test('keeps line endings and the length', () => {
    expect(shapeOf('Ärger 7\r\n北京 👍')).toBe('Xxxxx 9\r\nxx ?')
  })
})
