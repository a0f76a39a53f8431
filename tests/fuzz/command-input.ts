import fc from 'fast-check'
import { z } from 'zod'
import { COMMANDS, type CommandName, ROLES } from '../../src-shared/contract/contract'
import { hostileText } from './mutate'

/** A command that a caller could send. */
export interface FuzzCommand {
  name: string
  input: unknown
  role: (typeof ROLES)[number]
}

interface Schema {
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: Schema | boolean
}

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withTypedArray: true,
  maxDepth: 2,
})

/**
 * Generates commands of the contract with input that fits their schemas, including hostile values; sometimes with an
 * unknown name or arbitrary input.
 */
export function arbitraryCommands(
  names: readonly CommandName[],
  ids: readonly number[],
  paths: readonly string[],
): fc.Arbitrary<FuzzCommand> {
  const valid = fc.oneof(
    ...names.map((name) => fc.record({ name: fc.constant(name), input: inputOf(name, ids, paths), role: fc.constantFrom(...ROLES) })),
  )
  const invalid = fc.record({
    name: fc.oneof(fc.constantFrom<string>(...names), hostileText),
    input: anything,
    role: fc.constantFrom(...ROLES),
  })
  return fc.oneof({ weight: 9, arbitrary: valid }, { weight: 1, arbitrary: invalid })
}

function inputOf(name: CommandName, ids: readonly number[], paths: readonly string[]): fc.Arbitrary<unknown> {
  const schema = z.toJSONSchema(COMMANDS[name].input, { io: 'input', unrepresentable: 'any' }) as Schema
  return arbitraryFor(schema, ids, paths)
}

function arbitraryFor(schema: Schema, ids: readonly number[], paths: readonly string[]): fc.Arbitrary<unknown> {
  const generate = (subschema: Schema) => arbitraryFor(subschema, ids, paths)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives !== undefined) return fc.oneof(...alternatives.map(generate))
  switch (schema.type) {
    case 'object': {
      const keys = Object.entries(schema.properties ?? {}).map(([key, property]) => [key, generate(property)] as const)
      const known = fc.record(Object.fromEntries(keys), { requiredKeys: schema.required ?? [] })
      const { additionalProperties: others } = schema
      return typeof others === 'object'
        ? fc.tuple(known, fc.dictionary(hostileText, generate(others), { maxKeys: 4 })).map(([a, b]) => ({ ...b, ...a }))
        : known
    }
    case 'array':
      return fc.array(generate(schema.items ?? {}), { maxLength: 4 })
    case 'integer':
    case 'number':
      return fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...ids) },
        { weight: 1, arbitrary: fc.integer({ min: -1, max: 1000 }) },
        { weight: 1, arbitrary: fc.maxSafeInteger() },
      )
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...paths) }, { weight: 3, arbitrary: hostileText })
    default:
      return anything
  }
}
