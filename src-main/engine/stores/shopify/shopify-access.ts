import { createHash } from 'node:crypto'
import { ClientSecretPost, clientCredentialsGrantRequest, processClientCredentialsResponse } from 'oauth4webapi'
import type { StoreAccount } from '../../../../src-shared/stores'
import type { StoreClient } from '../connection/store-client'
import { authorizationServer, tokenFetch, tokenOptions } from './shopify-oauth'

/** Gives the token for requests. */
export interface ShopifyAccess {
  /** Returns a token. Throws the FailureErrors of docs/stores.md. */
  token(signal: AbortSignal): Promise<string>
  /** Forgets a token that the store has refused. Returns true if `token` may return another one. */
  discard(token: string): boolean
}

/** Tokens that were issued for a limited time, by a hash of the account. They are only kept in memory. */
export type TokenCache = Map<string, IssuedToken>

interface IssuedToken {
  token: string
  /** Milliseconds since 1970, by this computer's clock. */
  renewAtMs: number
}

/** An account with its secret. */
export type ShopifyKey = Pick<StoreAccount, 'address' | 'signIn' | 'account'> & { secret: string }

/** Returns the access for an account: by a token that is the secret itself, or by tokens that the app gets with its id and secret. */
export function shopifyAccess(client: StoreClient, key: ShopifyKey, tokens: TokenCache, now: () => number = Date.now): ShopifyAccess {
  if (key.signIn === 'client credentials') return new ClientCredentials(client, key, tokens, now)
  return { token: async () => key.secret, discard: () => false }
}

/** Shopify issues these tokens for a day [D]. A long run must not begin with one that ends in the middle. */
const RENEW_BEFORE_MS = 5 * 60_000

/** The client credentials grant: the app asks for a token itself, without a person. Works if app and store belong to the same organisation. */
class ClientCredentials implements ShopifyAccess {
  private readonly cacheKey: string
  private pending: Promise<string> | null = null

  constructor(
    private readonly client: StoreClient,
    private readonly key: ShopifyKey,
    private readonly tokens: TokenCache,
    private readonly now: () => number,
  ) {
    this.cacheKey = createHash('sha256')
      .update(JSON.stringify([key.address, key.account, key.secret]))
      .digest('hex')
  }

  async token(signal: AbortSignal): Promise<string> {
    const issued = this.tokens.get(this.cacheKey)
    if (issued !== undefined && this.now() < issued.renewAtMs) return issued.token
    // Requests that are made at the same time share one new token.
    this.pending ??= this.request(signal).finally(() => {
      this.pending = null
    })
    return this.pending
  }

  discard(token: string): boolean {
    if (this.tokens.get(this.cacheKey)?.token === token) this.tokens.delete(this.cacheKey)
    return true
  }

  private async request(signal: AbortSignal): Promise<string> {
    const server = authorizationServer(this.key.address)
    const app = { client_id: this.key.account }
    const options = tokenOptions(tokenFetch(this.client, { canRepeat: true }), signal)
    const response = await clientCredentialsGrantRequest(server, app, ClientSecretPost(this.key.secret), {}, options)
    const { access_token: token, expires_in: seconds = 0 } = await processClientCredentialsResponse(server, app, response)
    const lifetimeMs = seconds * 1000
    // Half of a short life, so that a token is used at all.
    this.tokens.set(this.cacheKey, { token, renewAtMs: this.now() + lifetimeMs - Math.min(RENEW_BEFORE_MS, lifetimeMs / 2) })
    return token
  }
}
