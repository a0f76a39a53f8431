import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import {
  buildClientSchema,
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLSchema,
  type IntrospectionQuery,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql'
import type { StoreClock } from '../woocommerce/store-clock.ts'
import { AdminRoot } from './admin-root.ts'
import type { OrderDatabase } from './order-database.ts'
import { PointBucket } from './point-bucket.ts'
import { actualCost, requestedCost } from './query-cost.ts'
import type { ShopifySettings } from './shopify-settings.ts'

/** A request's body. */
export interface GraphqlBody {
  query?: unknown
  variables?: unknown
}

interface Checked {
  document: DocumentNode
  errors: readonly GraphQLError[]
}

let loaded: { file: string; schema: GraphQLSchema } | undefined

/** Shopify's schema, which takes more than a second to load. */
function schemaOf(file: string): GraphQLSchema {
  if (loaded?.file !== file) {
    const introspection = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { data: IntrospectionQuery }
    loaded = { file, schema: buildClientSchema(introspection.data, { assumeValid: true }) }
  }
  return loaded.schema
}

/** The Admin GraphQL API: refuses every query that Shopify's own schema refuses, and carries out the others on the store's orders. */
export class AdminApi {
  private readonly schema: GraphQLSchema
  private readonly settings: ShopifySettings
  readonly bucket: PointBucket
  private readonly root: AdminRoot
  private readonly checked = new Map<string, Checked>()

  constructor(schemaFile: string, database: OrderDatabase, clock: StoreClock, settings: ShopifySettings) {
    this.schema = schemaOf(schemaFile)
    this.settings = settings
    this.bucket = new PointBucket(settings)
    this.root = new AdminRoot(database, clock, settings)
  }

  /** Answers a request with a valid token. Shopify always answers with the status 200. */
  async answer({ query, variables }: GraphqlBody): Promise<object> {
    if (typeof query !== 'string') return { errors: [{ message: 'Parameter Missing or Invalid' }] }
    const values = (variables ?? {}) as Record<string, unknown>
    const { document, errors } = this.check(query)
    if (errors.length > 0) return { errors }
    const cost = requestedCost(this.schema, document, values)
    if (cost > this.settings.maxQueryCost) {
      const message = `Query cost is ${cost}, which exceeds the single query max cost limit (${this.settings.maxQueryCost}).`
      return { errors: [{ message, extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: this.settings.maxQueryCost } }] }
    }
    if (!this.bucket.take(cost)) {
      return { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], ...this.extensions(cost, null) }
    }
    const result = await execute({ schema: this.schema, document, rootValue: this.root, variableValues: values })
    const actual = Math.min(cost, actualCost(result.data))
    this.bucket.giveBack(cost - actual)
    return { ...(result.errors === undefined ? {} : { errors: result.errors }), data: result.data, ...this.extensions(cost, actual) }
  }

  private check(query: string): Checked {
    const known = this.checked.get(query)
    if (known !== undefined) return known
    const result = this.parsed(query)
    this.checked.set(query, result)
    return result
  }

  private parsed(query: string): Checked {
    try {
      const document = parse(query)
      const isSubscription = document.definitions.some((one) => 'operation' in one && one.operation === OperationTypeNode.SUBSCRIPTION)
      const errors = isSubscription ? [new GraphQLError('No subscriptions')] : validate(this.schema, document)
      return { document, errors }
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      return { document: { kind: 'Document', definitions: [] } as unknown as DocumentNode, errors: [error] }
    }
  }

  private extensions(requestedQueryCost: number, actualQueryCost: number | null): object {
    return { extensions: { cost: { requestedQueryCost, actualQueryCost, throttleStatus: this.bucket.status() } } }
  }
}
