import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listElements, memberValue } from '../../../../../src-main/engine/stores/connection/json-slices'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (slice: Uint8Array | null) => (slice === null ? null : new TextDecoder().decode(slice))

describe('parts of a JSON text', () => {
  test('are found as they are written', () => {
    const document = '{ "a" : [1, {"b":"}],"}] ,"nodes":[ {"id": 1.0} , null,"\\"]" ],"x":{}}'
    const nodes = memberValue(bytes(document), 'nodes') ?? new Uint8Array()
    expect(listElements(nodes).map(text)).toEqual(['{"id": 1.0}', 'null', '"\\"]"'])
    expect(text(memberValue(bytes(document), 'a'))).toBe('[1, {"b":"}],"}]')
    expect(memberValue(bytes(document), 'b')).toBeNull()
  })

  test('are the last of two with the same key, also if it is written with escapes', () => {
    expect(text(memberValue(bytes('{"data":1,"d\\u0061ta":2}'), 'data'))).toBe('2')
  })

  test('have the values that JSON.parse finds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 1), (object, indent) => {
        const document = bytes(JSON.stringify(object, null, indent))
        for (const [key, value] of Object.entries(JSON.parse(new TextDecoder().decode(document)))) {
          expect(JSON.parse(text(memberValue(document, key)) ?? '')).toEqual(value)
        }
      }),
    )
  })
})
