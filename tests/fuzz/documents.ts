import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import { FIXTURE_ANSWER, FIXTURE_ORDERS, fixtureDocument } from '../support/fixture-documents'
import { sampleOrder } from '../support/orders'

/**
 * Every example in docs/formats, the store and UBL fixtures, and order JSON. The current directory must be the project
 * folder.
 */
export function orderDocuments(): string[] {
  const formats = join(process.cwd(), 'docs', 'formats')
  const pages = readdirSync(formats).map((name) => readFileSync(join(formats, name), 'utf8'))
  const examples = pages.flatMap((page) => [...page.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, text = '']) => text))
  const samples = [...FIXTURE_ORDERS, FIXTURE_ANSWER].map((name) => fixtureDocument(name).toString())
  return [...examples, ...samples, toOrderJson([sampleOrder(), sampleOrder({ number: 'W2', sourceOrderId: '2' })])]
}

/** Documents of a few MB each that are designed to make a parser slow or fill the memory. */
export function bombs(): { name: string; text: string }[] {
  const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
  const MB = 1024 * 1024
  const ubl = 'urn:oasis:names:specification:ubl:schema:xsd'
  const response = '<a:DocumentResponse><a:DocumentReference><b:ID>1</b:ID></a:DocumentReference></a:DocumentResponse>'
  const root = `ApplicationResponse xmlns="${ubl}:ApplicationResponse-2" xmlns:a="${ubl}:CommonAggregateComponents-2" xmlns:b="${ubl}:CommonBasicComponents-2"`
  const note = `<b:Note>${'x'.repeat(MB)}</b:Note>`
  return [
    {
      name: 'an answer to 20,000 orders with a note of 1 MB for each',
      text: `<${root}>${note}${response.repeat(20_000)}</ApplicationResponse>`,
    },
    {
      name: 'an answer with 50,000 notes',
      text: `<${root}>${'<b:Note>x</b:Note>'.repeat(50_000)}${response.repeat(20_000)}</ApplicationResponse>`,
    },
    { name: 'a billion laughs', text: `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">${entities}]><a>&l9;</a>` },
    { name: 'an external entity', text: '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>' },
    { name: 'elements nested a million deep', text: '<a>'.repeat(MB) },
    { name: 'a million empty elements', text: `<a>${'<b/>'.repeat(MB)}</a>` },
    { name: 'an attribute of 4 MB', text: `<a b="${'x'.repeat(4 * MB)}"/>` },
    { name: 'an element with 100,000 attributes', text: `<a ${Array.from({ length: 100_000 }, (_, n) => `b${n}=""`).join(' ')}/>` },
    { name: 'a name of 4 MB', text: `<${'a'.repeat(4 * MB)}/>` },
    { name: 'a comment that never ends', text: `<!--${'-'.repeat(4 * MB)}` },
    { name: 'four MB of references', text: `<a>${'&amp;'.repeat(MB)}</a>` },
    { name: 'lists nested a million deep', text: '['.repeat(4 * MB) },
    { name: 'objects nested a million deep', text: '{"a":'.repeat(MB) },
    { name: 'a number of 4 MB', text: `[${'9'.repeat(4 * MB)}]` },
    { name: 'a text of 4 MB', text: `["${'x'.repeat(4 * MB)}"]` },
    { name: 'an escape of 4 MB', text: `["${'\\u0041'.repeat(700_000)}"]` },
    { name: 'a million zeros', text: `[${'0,'.repeat(MB)}0]` },
    { name: 'an object with 200,000 keys', text: `{${Array.from({ length: 200_000 }, (_, n) => `"k${n}":1`).join(',')}}` },
    { name: 'four MB of quotes', text: `Name,Email\n${'"'.repeat(4 * MB)}` },
    { name: 'a quoted cell that never ends', text: `Name,Email\n"${'x\n'.repeat(2 * MB)}` },
    { name: 'a row of a million cells', text: `Name,Email\n${','.repeat(MB)}` },
    { name: 'a million empty rows', text: `code,name\n${'\n'.repeat(4 * MB)}` },
    { name: 'a heading of 4 MB', text: ' '.repeat(4 * MB) },
  ]
}
