import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  AuthorizationResponseError,
  authorizationCodeGrantRequest,
  ClientSecretPost,
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomState,
  OperationProcessingError,
  processAuthorizationCodeResponse,
  validateAuthResponse,
} from 'oauth4webapi'
import type { FailureError } from '../../../../src-shared/failure'
import type { StoreAccount } from '../../../../src-shared/stores'
import type { BrowserSignIn } from '../connection/browser-sign-in'
import type { StoreClient } from '../connection/store-client'
import { connectionFailure, quoteAnswer } from '../connection/store-failures'
import { authorizationServer, tokenFetch, tokenOptions } from './shopify-oauth'

/** The access scopes that reading orders and every kind of write-back needs. */
export const SCOPES = [
  'read_orders',
  'write_orders',
  'read_customers',
  'read_merchant_managed_fulfillment_orders',
  'write_merchant_managed_fulfillment_orders',
] as const

/**
 * The address that Shopify sends the browser back to. Shopify accepts only an address that is listed, complete with its port, in the app's settings
 * [D], so that it can't be a random one.
 */
export const SHOPIFY_RETURN_ADDRESS = 'http://127.0.0.1:47831/shopify'

/** Shopify signs what it sends the browser back with. Source: its documentation, "Authorization code grant" [D]. */
const SIGNATURE = 'hmac'

/**
 * Gets a token by the authorization code grant: a person allows it on Shopify's own page. Unlike the client credentials grant, it works if the app
 * belongs to another organisation than the store. Shopify's token endpoint requires the app's secret, too [D]. It isn't documented whether Shopify
 * checks PKCE; where it doesn't, the secret and the state protect the code.
 */
export function shopifySignIn(client: StoreClient, { address, account }: StoreAccount, appSecret: string): BrowserSignIn {
  const server = authorizationServer(address)
  const app = { client_id: account }
  const state = generateRandomState()
  const verifier = generateRandomCodeVerifier()
  return {
    returnAddress: SHOPIFY_RETURN_ADDRESS,
    begin: async (returnAddress) => {
      if (account === '' || appSecret === '') throw appMissing()
      const page = new URL(`${address}/admin/oauth/authorize`)
      const parameters = {
        client_id: account,
        scope: SCOPES.join(','),
        redirect_uri: returnAddress,
        response_type: 'code',
        state,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }
      for (const [name, value] of Object.entries(parameters)) page.searchParams.set(name, value)
      return page.href
    },
    finish: async (query, signal) => {
      const checked = checkedAnswer(() => validateAuthResponse(server, app, query, state))
      if (!isSignedBy(query, appSecret)) throw notFromShopify()
      const options = tokenOptions(tokenFetch(client, { canRepeat: false }), signal)
      const secret = ClientSecretPost(appSecret)
      const response = await authorizationCodeGrantRequest(server, app, secret, checked, SHOPIFY_RETURN_ADDRESS, verifier, options)
      const { access_token: token, expires_in: seconds } = await processAuthorizationCodeResponse(server, app, response)
      if (seconds !== undefined) throw tokenExpires(seconds)
      return { account, secret: token }
    },
  }
}

function checkedAnswer(check: () => URLSearchParams): URLSearchParams {
  try {
    return check()
  } catch (error) {
    if (error instanceof AuthorizationResponseError) throw declined(error.error_description ?? error.error)
    if (error instanceof OperationProcessingError) throw notFromShopify()
    throw error
  }
}

/**
 * True if the answer is signed with the app's secret, or not signed at all; the state and the code are then what protects it. Shopify's libraries sign
 * the values as they are encoded, its documentation as they are.
 */
function isSignedBy(query: URLSearchParams, appSecret: string): boolean {
  const given = query.get(SIGNATURE)
  if (given === null) return true
  const signed = [...query.entries()].filter(([name]) => name !== SIGNATURE).sort(([one], [other]) => (one < other ? -1 : 1))
  const plain = signed.map(([name, value]) => `${name}=${value}`).join('&')
  const received = Buffer.from(given, 'hex')
  return [plain, new URLSearchParams(signed).toString()].some((text) => {
    const expected = createHmac('sha256', appSecret).update(text).digest()
    return received.length === expected.length && timingSafeEqual(received, expected)
  })
}

function appMissing(): FailureError {
  return connectionFailure(
    'sign-in-failed',
    "The app's client id or secret is missing.",
    "Enter both as they are in the app's Settings in Shopify's Dev Dashboard.",
    'account',
  )
}

function declined(reason: string): FailureError {
  return connectionFailure(
    'sign-in-failed',
    `Shopify did not allow the connection: ${quoteAnswer(reason)}`,
    'Connect again, and choose Install on the page that opens.',
  )
}

function notFromShopify(): FailureError {
  return connectionFailure(
    'sign-in-failed',
    'What the browser came back with does not belong to this sign-in.',
    'Close the other pages of this sign-in and connect again. If it fails again, compare the client secret with that in the Dev Dashboard.',
  )
}

function tokenExpires(seconds: number): FailureError {
  return connectionFailure(
    'sign-in-failed',
    `Shopify gave a token that ends after ${Math.round(seconds / 60)} minutes, which Ledgerdrop can't renew.`,
    'Connect with the client id and secret, or use an app that is not public.',
  )
}
