import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { companionMatcher } from '../../../../../src-main/engine/deliveries/companion-pattern'
import { deliveryFileName } from '../../../../../src-main/engine/files/file-name'
import { readAnswerDocument } from '../../../../../src-main/engine/importers/answers/answer-document'
import { importCodes } from '../../../../../src-main/engine/importers/code-list/code-list-importer'
import { POLICY_PRESETS } from '../../../../../src-shared/profiles/pick-up-policy'
import { extraTitle, hasReferenceData } from '../../../../support/reference-data'
import { ublErrors } from '../../../../support/ubl-schema'
import { ublStructureErrors } from '../../../../support/ubl-structure'

function examplesOf(page: string, language: string): string[] {
  const text = readFileSync(`docs/formats/${page}.md`, 'utf8')
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '')
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('docs/formats/ubl-answers.md', () => {
  const examples = examplesOf('ubl-answers', 'xml')

  test('has examples that are read as described', () => {
    expect(examples.map((example) => readAnswerDocument(bytesOf(example)))).toEqual([
      { kind: 'answer', documentType: 'OrderResponseSimple', answers: [{ orderNumber: 'W1234', verdict: 'accepted', text: '' }] },
      {
        kind: 'answer',
        documentType: 'OrderResponse',
        answers: [{ orderNumber: 'W1235', verdict: 'rejected', text: 'RE: rejected\nCustomer CUST0001 is on stop.' }],
      },
      {
        kind: 'answer',
        documentType: 'ApplicationResponse',
        answers: [
          { orderNumber: 'W1236', verdict: 'held', text: 'UQ: under query\nPlease look at line 2.\nLine 2: PROD-B is discontinued.' },
        ],
      },
    ])
  })

  test('has examples with the right structure', () => {
    expect(ublStructureErrors(examples.map(bytesOf))).toEqual([])
  })

  test.skipIf(!hasReferenceData).each([
    [0, 'OrderResponseSimple'],
    [1, 'OrderResponse'],
    [2, 'ApplicationResponse'],
  ] as const)(extraTitle('has valid examples: example %i is an %s'), async (index, type) => {
    expect(await ublErrors([bytesOf(examples[index] ?? '')], type)).toEqual([])
  })
})

test('docs/formats/attache-answers.md has the name of a dropped file, and an .err that matches it', () => {
  const [file = '', err = ''] = examplesOf('attache-answers', 'text').map((example) => example.trim())
  const id = Number.parseInt(file.slice(-15, -4), 36)
  expect(file).toBe(deliveryFileName({ id, attempt: 1, preparedAt: '2026-04-03T14:15:12.000Z' }, 'W1234', 'kfi'))
  const attache = POLICY_PRESETS.find((policy) => policy.name === 'attache-unattended')
  expect(companionMatcher(attache?.policy.companions ?? [])(err)).toEqual({ verdict: 'rejected', base: null, idText: file.slice(-15, -4) })
})

test('docs/formats/code-lists.md has lists that are read completely', () => {
  const [customers = '', products = ''] = examplesOf('code-lists', 'csv')
  expect(importCodes(bytesOf(customers), 'customer', 'customers.csv')).toMatchObject({
    ok: true,
    rows: [{ code: 'HARBOUR', aliases: ['orders@harbourcafe.example', 'boss@harbourcafe.example', 'id:52'] }, { code: 'GREENTHU' }],
  })
  expect(importCodes(bytesOf(products), 'product', 'products.csv')).toMatchObject({
    ok: true,
    rows: [{ code: 'HOSE-15', name: 'Garden hose 15 m', aliases: ['w-4711', 'w-4712'] }],
  })
})
