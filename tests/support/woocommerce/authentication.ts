import type { Credentials } from './credentials.ts'
import { expectedSignature, missingParameters, oauthParameters } from './oauth.ts'
import { restError } from './rest-answer.ts'
import type { StoreRequest } from './rest-request.ts'

/** Who sent a request, and what they may do. */
export interface Identity {
  by: 'key' | 'password' | 'nobody'
  canRead: boolean
  canWrite: boolean
}

/** What signing in depends on. */
export interface AuthenticationContext {
  credentials: Credentials
  isHttps: boolean
  /** True if WordPress accepts application passwords: always over https, and over http only in a local environment. */
  acceptsPasswords: boolean
  /** True if the route was addressed by its path. WooCommerce 11.0.1 accepts its keys only there. Recorded. */
  acceptsKeys: boolean
  /** The request's address without the query, as the store sees it. */
  url: string
  nowSeconds: number
}

const NOBODY: Identity = { by: 'nobody', canRead: false, canWrite: false }
const failure = (message: string, code = 'woocommerce_rest_authentication_error') => restError(401, code, message)

/**
 * Signs a request in. Throws the 401 of credentials that are wrong. Recorded: "Invalid timestamp.", and
 * `invalid_username` for keys with `rest_route`. The other messages are those of WooCommerce's
 * class-wc-rest-authentication.php and of WordPress.
 */
export function authenticate(request: StoreRequest, context: AuthenticationContext): Identity {
  if (context.acceptsKeys) {
    const identity = (context.isHttps ? byPlainKey(request, context) : null) ?? byOauth(request, context)
    if (identity !== null) return identity
  }
  return byPassword(request, context) ?? NOBODY
}

/** A consumer key in the query or as Basic. Only over https. */
function byPlainKey(request: StoreRequest, { credentials }: AuthenticationContext): Identity | null {
  const key = request.query.get('consumer_key')
  const secret = request.query.get('consumer_secret')
  const [user, password] = key && secret ? [key, secret] : (basic(request) ?? [])
  const found = credentials.findKey(user ?? '')
  if (found === undefined) return null
  if (found.secret !== password) throw failure('Consumer secret is invalid.')
  return keyIdentity(request, found.permissions)
}

function byOauth(request: StoreRequest, { credentials, url, nowSeconds }: AuthenticationContext): Identity | null {
  const parameters = oauthParameters(request.query, request.authorization)
  if (parameters === null) return null
  const missing = missingParameters(parameters)
  if (missing.length > 0) {
    const message = `Missing OAuth parameter${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`
    throw failure(message, 'woocommerce_rest_authentication_missing_parameter')
  }
  const key = credentials.findKey(parameters.get('oauth_consumer_key') ?? '')
  if (key === undefined) throw failure('Consumer key is invalid.')
  const signature = expectedSignature(request.method, url, parameters, key.secret)
  if (signature === null) throw failure('Invalid signature - signature method is invalid.')
  // A "+" that wasn't encoded arrives as a space.
  if (signature !== parameters.get('oauth_signature')?.replaceAll(' ', '+'))
    throw failure('Invalid signature - provided signature does not match.')
  const refusal = key.nonces.refusal(Number(parameters.get('oauth_timestamp')), parameters.get('oauth_nonce') ?? '', nowSeconds)
  if (refusal !== null) throw failure(refusal)
  return keyIdentity(request, key.permissions)
}

function keyIdentity({ method }: StoreRequest, permissions: string): Identity {
  const canRead = permissions !== 'write'
  const canWrite = permissions !== 'read'
  const isRead = method === 'GET' || method === 'HEAD'
  if (isRead && !canRead) throw failure('The API key provided does not have read permissions.')
  if (!isRead && !canWrite) throw failure('The API key provided does not have write permissions.')
  return { by: 'key', canRead, canWrite }
}

function byPassword(request: StoreRequest, { credentials, isHttps, acceptsPasswords }: AuthenticationContext): Identity | null {
  const [user, password] = basic(request) ?? []
  if (!user || !password || !acceptsPasswords) return null
  // Recorded: over http, a key sent as Basic is as good as no credentials.
  if (!isHttps && user.startsWith('ck_')) return null
  if (!credentials.hasUser(user)) {
    const message = '<strong>Error:</strong> Unknown username. Check again or try your email address.'
    throw failure(message, 'invalid_username')
  }
  const found = credentials.findPassword(user, password)
  if (found === undefined) throw failure('The provided password is an invalid application password.', 'incorrect_password')
  return { by: 'password', canRead: found.canManageOrders, canWrite: found.canManageOrders }
}

function basic({ authorization }: StoreRequest): [user: string, password: string] | null {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(authorization ?? '') ?? []
  const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? []
  return user === undefined || password === undefined ? null : [user, password]
}

/**
 * The error for somebody who may not do what they asked for: 401 if they aren't signed in, otherwise 403. The 401 for
 * the list is recorded.
 */
export function forbidden(identity: Identity, code: string, message: string) {
  return restError(identity.by === 'nobody' ? 401 : 403, code, message)
}
