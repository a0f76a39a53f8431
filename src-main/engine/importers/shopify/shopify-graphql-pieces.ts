import { PIECES_KEY } from '../../../../src-shared/shopify-order'
import { isJsonObject, type JsonObject, type JsonValue, newJsonObject } from '../reading/json-reader'

/** Connections of an order that continue in later answers. */
const CONNECTIONS = ['lineItems', 'shippingLines'] as const

/** Keys that only an Order of Shopify's Admin GraphQL API has. Source: its schema, 2026-10. */
const OWN_KEYS = ['legacyResourceId', 'displayFinancialStatus', 'currencyCode', 'totalPriceSet', 'currentTotalPriceSet', 'lineItems']

/** The number of keys of a GraphQL order that an object has. */
export function countShopifyGraphqlKeys(object: JsonObject): number {
  return OWN_KEYS.filter((key) => key in object).length
}

/** Returns the order of a document in pieces: the first answer, with the entries of all answers in its lists. Returns any other object unchanged. */
export function joinPieces(object: JsonObject): JsonObject {
  const value = object[PIECES_KEY]
  if (!Array.isArray(value)) return object
  const pieces = value.filter(isJsonObject)
  const [first] = pieces
  if (first === undefined || pieces.length !== value.length || pieces.some(({ id }) => id !== first.id)) return object
  const joined = Object.assign(newJsonObject(), first)
  for (const key of CONNECTIONS) {
    const parts = pieces.map((piece) => piece[key]).filter(isJsonObject)
    const last = parts.at(-1)
    if (last === undefined) continue
    const nodes = parts.flatMap((part): readonly JsonValue[] => (Array.isArray(part.nodes) ? part.nodes : []))
    joined[key] = Object.assign(newJsonObject(), last, { nodes })
  }
  return joined
}
