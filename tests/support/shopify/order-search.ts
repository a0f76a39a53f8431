import { GraphQLError } from 'graphql'
import type { OrderRecord } from './order-record.ts'

type Test = (order: OrderRecord) => boolean

/** A term, a parenthesis or a connective. A value may be in quotes. */
const TOKEN = /\s*(\(|\)|-(?=\w)|OR\b|AND\b|NOT\b|(\w+):(>=|<=|>|<|)(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s()]+)))/y

/**
 * Returns whether an order matches a search in Shopify's syntax. Terms next to each other must all match; `OR` binds less. A field or a form that the
 * stand-in doesn't know is refused, so that no query passes by chance.
 */
export function orderSearch(query: string | null | undefined): Test {
  if (query == null || query.trim() === '') return () => true
  const tokens = tokensOf(query)
  const test = alternatives(tokens)
  if (tokens.length > 0) throw invalid(query)
  return test
}

interface Token {
  text: string
  field: string
  comparison: string
  value: string
}

function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < query.trimEnd().length) {
    const match = TOKEN.exec(query)
    if (match === null) throw invalid(query)
    const [, text = '', field = '', comparison = '', double, single, bare] = match
    tokens.push({ text, field, comparison, value: double?.replaceAll(/\\(.)/g, '$1') ?? single ?? bare ?? '' })
  }
  return tokens
}

function alternatives(tokens: Token[]): Test {
  const tests = [conjunction(tokens)]
  while (tokens[0]?.text === 'OR') {
    tokens.shift()
    tests.push(conjunction(tokens))
  }
  return (order) => tests.some((test) => test(order))
}

function conjunction(tokens: Token[]): Test {
  const tests: Test[] = []
  while (tokens.length > 0 && tokens[0]?.text !== 'OR' && tokens[0]?.text !== ')') {
    if (tokens[0]?.text === 'AND') tokens.shift()
    tests.push(single(tokens))
  }
  return (order) => tests.every((test) => test(order))
}

function single(tokens: Token[]): Test {
  const token = tokens.shift()
  if (token === undefined) throw invalid('')
  if (token.text === '-' || token.text === 'NOT') {
    const test = single(tokens)
    return (order) => !test(order)
  }
  if (token.text === '(') {
    const test = alternatives(tokens)
    if (tokens.shift()?.text !== ')') throw invalid('(')
    return test
  }
  return term(token)
}

function term({ field, comparison, value, text }: Token): Test {
  switch (field) {
    case 'updated_at':
      return timeTest(({ updatedAt }) => updatedAt, comparison, value)
    case 'created_at':
      return timeTest(({ createdAt }) => createdAt, comparison, value)
    case 'financial_status':
      return ({ financialStatus }) => financialStatus.toLowerCase() === value
    case 'test':
      return ({ isTest }) => String(isTest) === value
    case 'status':
      return ({ cancelledAt, isClosed }) => {
        if (value === 'cancelled') return cancelledAt !== null
        if (value === 'closed') return isClosed
        return !isClosed && cancelledAt === null
      }
    case 'name':
      // A search, not a comparison: the order #1001 is found by 1001, too.
      return ({ name }) => name.toLowerCase() === value.toLowerCase() || name.toLowerCase() === `#${value.toLowerCase()}`
  }
  throw invalid(text)
}

/** `>` reportedly acts like `>=` [I]. */
function timeTest(timeOf: (order: OrderRecord) => number, comparison: string, value: string): Test {
  const at = Math.floor(Date.parse(value) / 1000)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(value) || Number.isNaN(at)) throw invalid(value)
  if (comparison === '>=' || comparison === '>') return (order) => timeOf(order) >= at
  if (comparison === '<=' || comparison === '<') return (order) => timeOf(order) <= at
  throw invalid(value)
}

function invalid(what: string): GraphQLError {
  return new GraphQLError(`The stand-in doesn't know this search: ${what}`)
}
