import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { StoreClock } from '../woocommerce/store-clock.ts'
import type { ShopifySettings } from './shopify-settings.ts'

/** An answer of the store. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

interface IssuedCode {
  redirectAddress: string
  challenge: string | null
}

/** Issues tokens, by an app's id and secret or by a code that a person has allowed, and knows which are valid. */
export class OauthEndpoints {
  private readonly clock: StoreClock
  private readonly settings: ShopifySettings
  /** When each token ends, in seconds since 1970; null for never. */
  private readonly tokens = new Map<string, number | null>()
  private readonly codes = new Map<string, IssuedCode>()
  private count = 0

  constructor(clock: StoreClock, settings: ShopifySettings) {
    this.clock = clock
    this.settings = settings
  }

  /** The number of tokens that were requested and issued. */
  get issuedCount(): number {
    return this.count
  }

  /** Issues a token that never ends, like those of apps that were created in the admin. */
  issueAdminToken(): string {
    const token = `shpat_${randomBytes(16).toString('hex')}`
    this.tokens.set(token, null)
    return token
  }

  isValid(token: string | undefined): boolean {
    const end = this.tokens.get(token ?? '')
    return end === null || (end !== undefined && this.clock.nowSeconds() < end)
  }

  revokeAll(): void {
    this.tokens.clear()
  }

  /** POST /admin/oauth/access_token. */
  token(body: string): Answer {
    const form = new URLSearchParams(body)
    if (form.get('client_id') !== this.settings.clientId || form.get('client_secret') !== this.settings.clientSecret) {
      return refused(401, 'invalid_client', 'The client id or secret is invalid')
    }
    if (form.get('grant_type') === 'client_credentials') return this.byCredentials()
    return form.get('grant_type') === 'authorization_code' ? this.byCode(form) : refused(400, 'unsupported_grant_type', 'Unknown grant')
  }

  private byCredentials(): Answer {
    if (!this.settings.isSameOrganisation) {
      return refused(400, 'shop_not_permitted', 'Client credentials cannot be performed on this shop.')
    }
    const { tokenSeconds, scopes } = this.settings
    const token = `shpca_${randomBytes(16).toString('hex')}`
    this.tokens.set(token, this.clock.nowSeconds() + tokenSeconds)
    this.count++
    // As documented, without `token_type`.
    return json(200, { access_token: token, scope: scopes.join(','), expires_in: tokenSeconds })
  }

  private byCode(form: URLSearchParams): Answer {
    const code = form.get('code') ?? ''
    const issued = this.codes.get(code)
    this.codes.delete(code)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (issued === undefined || (issued.challenge !== null && issued.challenge !== challenge)) {
      return refused(400, 'invalid_request', 'The authorization code was not found or was already used')
    }
    this.count++
    return json(200, { access_token: this.issueAdminToken(), scope: this.settings.scopes.join(',') })
  }

  /** GET /admin/oauth/authorize, for a person who allows everything. */
  authorize(query: URLSearchParams, host: string): Answer {
    const redirectAddress = query.get('redirect_uri') ?? ''
    if (query.get('client_id') !== this.settings.clientId) return page(400, 'Oauth error application_cannot_be_found')
    if (!this.settings.redirectAddresses.includes(redirectAddress)) {
      return page(400, 'Oauth error invalid_request: The redirect_uri is not whitelisted')
    }
    const code = randomBytes(16).toString('hex')
    this.codes.set(code, { redirectAddress, challenge: query.get('code_challenge') })
    const answer = {
      code,
      host: Buffer.from('admin.shopify.com/store/harbour-garden').toString('base64'),
      shop: host,
      state: query.get('state') ?? '',
      timestamp: String(this.clock.nowSeconds()),
    }
    const signed = Object.entries(answer).map(([name, value]) => `${name}=${value}`)
    const hmac = createHmac('sha256', this.settings.clientSecret).update(signed.sort().join('&')).digest('hex')
    const to = new URL(redirectAddress)
    for (const [name, value] of Object.entries({ ...answer, hmac })) to.searchParams.set(name, value)
    return { status: 302, headers: { location: to.href }, body: '' }
  }
}

function refused(status: number, error: string, description: string): Answer {
  return json(status, { error, error_description: description })
}

/** An answer as JSON. */
export function json(status: number, body: object): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) }
}

/** An answer as a page. */
export function page(status: number, title: string): Answer {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}
