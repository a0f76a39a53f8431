import { z } from 'zod'
import { memberValue } from '../connection/json-slices'
import { pause, type StoreClient, type StoreResponse } from '../connection/store-client'
import { invalidAnswer } from '../connection/store-failures'
import type { ShopifyAccess } from './shopify-access'
import { type GraphqlError, graphqlErrorSchema, graphqlFailure, statusFailure, throttled } from './shopify-failures'

/** The version of the Admin API. Shopify supports each for a year, and then answers by the oldest supported one. */
export const API_VERSION = '2026-10'

/** How often a request is made again after Shopify has asked to wait. */
const MAX_WAITS = 20
const MIN_WAIT_MS = 100
const MAX_WAIT_MS = 30_000

/** An answer that has data. */
export interface ShopifyAnswer<Data> {
  data: Data
  /** `data` as it was sent. */
  bytes: Uint8Array
  /** What the query may cost at most, in Shopify's points; null if Shopify doesn't say. */
  requestedCost: number | null
  headers: Readonly<Record<string, string>>
}

/** Shopify refuses the query because it may cost more than a single one is allowed to. */
export class QueryTooExpensive extends Error {}

const cost = z.object({
  requestedQueryCost: z.number(),
  throttleStatus: z.object({ maximumAvailable: z.number(), currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
})
const answer = z.object({
  data: z.unknown().optional(),
  errors: z.union([z.string().transform((message) => [{ message, extensions: { code: '' } }]), z.array(graphqlErrorSchema)]).optional(),
  extensions: z
    .object({ cost: cost.optional().catch(undefined) })
    .optional()
    .catch(undefined),
})
type Answer = z.infer<typeof answer>

/** Sends queries and mutations to a store's Admin GraphQL API, waits when it asks for it, and turns refusals into failures. */
export class ShopifyClient {
  readonly host: string

  constructor(
    private readonly client: StoreClient,
    private readonly address: string,
    private readonly access: ShopifyAccess,
  ) {
    this.host = new URL(address).host
  }

  /** Runs a query. Throws QueryTooExpensive and the FailureErrors of docs/stores.md. */
  query<Data>(query: string, variables: object, schema: z.ZodType<Data>, signal: AbortSignal): Promise<ShopifyAnswer<Data>> {
    return this.run({ query, variables, canRepeat: true }, schema, signal)
  }

  /** Runs a mutation, which is sent again only if Shopify says that it didn't carry it out. */
  mutate<Data>(query: string, variables: object, schema: z.ZodType<Data>, signal: AbortSignal): Promise<ShopifyAnswer<Data>> {
    return this.run({ query, variables, canRepeat: false }, schema, signal)
  }

  private async run<Data>(request: GraphqlRequest, schema: z.ZodType<Data>, signal: AbortSignal): Promise<ShopifyAnswer<Data>> {
    const { response, parsed } = await this.answered(request, signal)
    if (parsed.errors !== undefined && parsed.errors.length > 0) {
      if (hasCode(parsed.errors, 'MAX_COST_EXCEEDED')) throw new QueryTooExpensive()
      throw graphqlFailure(this.host, parsed.errors)
    }
    const data = schema.safeParse(parsed.data)
    if (!data.success) throw invalidAnswer(this.host, z.prettifyError(data.error))
    return {
      data: data.data,
      bytes: memberValue(response.bytes.subarray(response.bytes.indexOf(0x7b)), 'data') ?? new Uint8Array(),
      requestedCost: parsed.extensions?.cost?.requestedQueryCost ?? null,
      headers: response.headers,
    }
  }

  /** Repeats the request while Shopify asks to wait. It says so in an answer with the status 200. */
  private async answered(request: GraphqlRequest, signal: AbortSignal): Promise<{ response: StoreResponse; parsed: Answer }> {
    for (let waits = 0; ; waits++) {
      const response = await this.send(request, signal)
      const parsed = this.parse(response)
      if (parsed.errors === undefined || !hasCode(parsed.errors, 'THROTTLED')) return { response, parsed }
      const waitMs = waitOf(parsed)
      if (waits === MAX_WAITS || waitMs > MAX_WAIT_MS) throw throttled(this.host)
      this.client.slowDown(this.host)
      await pause(waitMs, signal)
    }
  }

  private parse(response: StoreResponse): Answer {
    if (response.status !== 200) throw statusFailure(this.host, response)
    const text = new TextDecoder().decode(response.bytes)
    const parsed = answer.safeParse(jsonOf(text))
    if (!parsed.success) throw invalidAnswer(this.host, text)
    return parsed.data
  }

  /** A token may end before its time, e.g. if the app was installed again. */
  private async send(request: GraphqlRequest, signal: AbortSignal): Promise<StoreResponse> {
    const token = await this.access.token(signal)
    const response = await this.sendWith(token, request, signal)
    if (response.status !== 401 || !this.access.discard(token)) return response
    return this.sendWith(await this.access.token(signal), request, signal)
  }

  private async sendWith(token: string, { query, variables, canRepeat }: GraphqlRequest, signal: AbortSignal): Promise<StoreResponse> {
    const response = await this.client.request(
      {
        url: new URL(`${this.address}/admin/api/${API_VERSION}/graphql.json`),
        method: 'POST',
        headers: { 'x-shopify-access-token': token },
        body: JSON.stringify({ query, variables }),
        canRepeat,
      },
      signal,
    )
    return withoutToken(response, token)
  }
}

/** An error page may repeat the request with its token. Failures quote answers, and must not contain it. */
function withoutToken(response: StoreResponse, token: string): StoreResponse {
  const bytes = Buffer.from(response.bytes)
  if (token === '' || !bytes.includes(token)) return response
  return { ...response, bytes: Buffer.from(bytes.toString().replaceAll(token, '[hidden]')) }
}

interface GraphqlRequest {
  query: string
  variables: object
  /** False if it must not be carried out twice. */
  canRepeat: boolean
}

function hasCode(errors: readonly GraphqlError[], code: string): boolean {
  return errors.some(({ extensions }) => extensions.code === code)
}

/** How long it takes until the store has enough points for the query again, in milliseconds. */
function waitOf({ extensions }: Answer): number {
  if (extensions?.cost === undefined) return 1000
  const { requestedQueryCost, throttleStatus } = extensions.cost
  const missing = requestedQueryCost - throttleStatus.currentlyAvailable
  return Math.max(MIN_WAIT_MS, Math.ceil((missing / throttleStatus.restoreRate) * 1000))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
