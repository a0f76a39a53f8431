import { type AuthorizationServer, allowInsecureRequests, customFetch, type TokenEndpointRequestOptions } from 'oauth4webapi'
import { z } from 'zod'
import type { StoreClient } from '../connection/store-client'
import { invalidAnswer } from '../connection/store-failures'
import { tokenFailure } from './shopify-failures'

/** A request for a token, made by our own client: with its limits, its proxy, and without following redirects. */
type TokenFetch = NonNullable<TokenEndpointRequestOptions[typeof customFetch]>

const issued = z.looseObject({ access_token: z.string().min(1) })

/** Returns a store's OAuth endpoints. Source: Shopify's documentation, "Authorization code grant", "Client credentials grant" [D]. */
export function authorizationServer(address: string): AuthorizationServer {
  return {
    issuer: address,
    authorization_endpoint: `${address}/admin/oauth/authorize`,
    token_endpoint: `${address}/admin/oauth/access_token`,
  }
}

/** Returns a `fetch` for the token endpoint. Throws the FailureErrors of docs/stores.md instead of returning a refusal. */
export function tokenFetch(client: StoreClient, { canRepeat }: { canRepeat: boolean }): TokenFetch {
  return async (address, { method, headers, body, signal }) => {
    // The User-Agent is ours, not the library's.
    const { 'user-agent': _library, ...sent } = headers
    const url = new URL(address)
    const text = body === undefined || body === null ? {} : { body: String(body) }
    const response = await client.request(
      { url, method: method === 'POST' ? 'POST' : 'GET', headers: sent, canRepeat, ...text },
      signal ?? new AbortController().signal,
    )
    if (response.status !== 200) throw tokenFailure(url.host, response)
    return Response.json(completed(url.host, response.bytes))
  }
}

/** Options for a request for a token. Plain http is only possible for an address of this computer, which `shopifyAddress` makes sure of. */
export function tokenOptions(fetch: TokenFetch, signal: AbortSignal): TokenEndpointRequestOptions {
  return { [customFetch]: fetch, [allowInsecureRequests]: true, signal }
}

/** Shopify leaves out the type of the token, which RFC 6749 requires [D]. */
function completed(host: string, bytes: Uint8Array): object {
  const text = new TextDecoder().decode(bytes)
  const parsed = issued.safeParse(jsonOf(text))
  // Not the answer itself, because it may contain a token.
  if (!parsed.success) throw invalidAnswer(host, 'the answer to the request for a token has none')
  return { token_type: 'bearer', ...parsed.data }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
