import { GraphQLError } from 'graphql'

/** Arguments of a connection. */
export interface PageArguments {
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
  reverse?: boolean | null
}

/** The most entries that Shopify returns at once. */
const MAX_PAGE = 250

/**
 * Returns a page of a sorted list. Cursors name an entry by what the list is sorted by, as Shopify's do [I]: the next page begins after that value,
 * whether the entry is still there or not.
 */
export function connection<Entry>(
  entries: readonly Entry[],
  { first, after, last, before, reverse }: PageArguments,
  keyOf: (entry: Entry) => readonly number[],
  toNode: (entry: Entry) => object,
): object {
  if (last != null || before != null || reverse === true) throw new GraphQLError('The stand-in only pages forward')
  if (first == null) throw new GraphQLError('you must provide one of first or last', { extensions: { code: 'BAD_REQUEST' } })
  if (first < 1 || first > MAX_PAGE)
    throw new GraphQLError(`first must be between 1 and ${MAX_PAGE}`, { extensions: { code: 'BAD_REQUEST' } })
  const sorted = [...entries].sort((one, other) => compare(keyOf(one), keyOf(other)))
  const from = after == null ? null : parseCursor(after)
  const rest = from === null ? sorted : sorted.filter((entry) => compare(keyOf(entry), from) > 0)
  const page = rest.slice(0, first)
  const cursors = page.map((entry) => Buffer.from(JSON.stringify(keyOf(entry))).toString('base64url'))
  const nodes = page.map(toNode)
  return {
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: cursors[index] })),
    pageInfo: {
      hasNextPage: rest.length > page.length,
      hasPreviousPage: from !== null,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
  }
}

function parseCursor(cursor: string): number[] {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as number[]
  } catch {
    throw new GraphQLError('Invalid cursor for current pagination sort.', { extensions: { code: 'BAD_REQUEST' } })
  }
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [index, value] of one.entries()) {
    const difference = value - (other[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
