import { z } from 'zod'
import type { FailureError } from '../../../../src-shared/failure'
import type { StoreResponse } from '../connection/store-client'
import { busy, connectionFailure, invalidAnswer, quoteAnswer } from '../connection/store-failures'

/** An error of a GraphQL answer. */
export const graphqlErrorSchema = z.object({
  message: z.string().catch(''),
  extensions: z.object({ code: z.string().catch('') }).catch({ code: '' }),
})
export type GraphqlError = z.infer<typeof graphqlErrorSchema>

const REQUIRED_SCOPES = /`?([a-z]+(?:_[a-z]+)+)`? (?:access )?scopes?/g

/** Turns the errors of a GraphQL answer into a failure. Codes: Shopify's documentation, "GraphQL error codes" [D]. */
export function graphqlFailure(host: string, errors: readonly GraphqlError[]): FailureError {
  const [first] = errors
  const denied = errors.find(({ extensions }) => extensions.code === 'ACCESS_DENIED')
  if (denied !== undefined) return accessDenied(host, denied.message)
  if (errors.some(({ extensions }) => extensions.code === 'SHOP_INACTIVE')) return frozen(host)
  if (errors.some(({ extensions }) => extensions.code === 'INTERNAL_SERVER_ERROR')) return busy(host, 500)
  return connectionFailure(
    'store-answer-invalid',
    `${host} refused the request: ${quoteAnswer(first?.message ?? 'no reason was given')}`,
    'Update Ledgerdrop if there is a newer version. If this keeps happening, choose Help > Log a Ticket.',
  )
}

/** `store-busy`: the store's points for requests are used up, and it takes too long until there are enough again. */
export function throttled(host: string): FailureError {
  return busy(host, 429)
}

function accessDenied(host: string, message: string): FailureError {
  const scopes = [...message.matchAll(REQUIRED_SCOPES)].map(([, scope]) => scope)
  const what = scopes.length === 0 ? 'may not do this' : `lacks the access scope ${scopes.join(', ')}`
  const add = scopes.length === 0 ? 'the access that the message names' : scopes.join(', ')
  return connectionFailure(
    'store-key-rights',
    `The app ${what} in ${host}: ${quoteAnswer(message)}`,
    `Give the app ${add}: in Shopify's Dev Dashboard, add it to a new version of the app, release the version, and accept it in the store.`,
  )
}

/** Turns an answer with an error status into a failure that says what is wrong. Meanings: Shopify's documentation, "Response status codes" [D]. */
export function statusFailure(host: string, { status, bytes }: StoreResponse): FailureError {
  const text = textOf(bytes)
  switch (status) {
    case 401:
      return connectionFailure(
        'store-key-refused',
        `${host} does not accept the key: ${quoteAnswer(text)}`,
        'The app may have been removed from the store, or its token replaced. Connect the store again.',
        'secret',
      )
    case 402:
    case 423:
      return frozen(host)
    case 403:
      return isHtml(bytes) ? blocked(host, status, text) : accessDenied(host, text)
    case 404:
      return connectionFailure(
        'store-not-found',
        `There is no Shopify store at ${host} (status 404).`,
        'Check the address. In Shopify, choose Settings > Domains to see the one that ends with .myshopify.com.',
        'address',
      )
    case 430:
      return blocked(host, status, text)
  }
  if (status >= 500) return busy(host, status)
  return invalidAnswer(host, `status ${status} ${text}`)
}

/** Turns a refused request for a token into a failure. Shopify answers it as JSON or as a page [I]. */
export function tokenFailure(host: string, response: StoreResponse): FailureError {
  const text = textOf(response.bytes)
  if (text.includes('shop_not_permitted')) {
    return connectionFailure(
      'store-app-refused',
      `${host} does not give this app a token, because the app and the store belong to different organisations.`,
      "Create the app in the Dev Dashboard of the store's own organisation. Or connect with the authorisation code instead, which has no such limit.",
    )
  }
  if (text.includes('app_not_installed')) {
    return connectionFailure(
      'store-app-refused',
      `The app is not installed in ${host}.`,
      "In Shopify's Dev Dashboard, open the app and install it in the store. Then connect again.",
    )
  }
  if (response.status >= 400 && response.status < 404) {
    return connectionFailure(
      'store-key-refused',
      `${host} does not accept the client id and secret: ${quoteAnswer(text)}`,
      "Copy both from the app's Settings in Shopify's Dev Dashboard.",
      'secret',
    )
  }
  return statusFailure(host, response)
}

/** A request that Shopify carried out only to say that it can't be done. `messages` are the answer's `userErrors`. */
export function updateRefused(host: string, what: string, messages: readonly string[]): FailureError {
  return connectionFailure(
    'store-refused',
    `${host} refused to ${what}: ${quoteAnswer(messages.join('; '))}`,
    'Check the order in Shopify, and make the change there if it is still needed.',
  )
}

function frozen(host: string): FailureError {
  return connectionFailure(
    'store-frozen',
    `Shopify has closed ${host} for now: the store is frozen, paused or locked.`,
    'Sign in to Shopify as the owner of the store. It says what is open, e.g. an unpaid bill. Ledgerdrop tries again automatically.',
  )
}

function blocked(host: string, status: number, text: string): FailureError {
  return connectionFailure(
    'store-blocked',
    `The request was blocked on its way to ${host} (status ${status}): ${quoteAnswer(text)}`,
    'A proxy or firewall may have blocked it, or Shopify considers it an attack. Ask the person who runs the network. Ledgerdrop tries again automatically.',
  )
}

function isHtml(bytes: Uint8Array): boolean {
  return /^\s*</.test(new TextDecoder().decode(bytes.subarray(0, 200)))
}

function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 8000))
  return text.replaceAll(/<(script|style)\b.*?<\/\1>|<[^>]*>/gis, ' ')
}
