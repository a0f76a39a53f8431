import { z } from 'zod'
import type { FailureError } from '../../../../src-shared/failure'
import type { SignIn } from '../../../../src-shared/stores'
import type { StoreResponse } from '../connection/store-client'
import { busy, connectionFailure, invalidAnswer, quoteAnswer } from '../connection/store-failures'

/** How a request was made. */
interface Attempt {
  host: string
  signIn: SignIn
  hasPermalinks: boolean
}

const refusalSchema = z.object({ code: z.string(), message: z.string().default('') })

const NEW_KEY: Readonly<Partial<Record<SignIn, string>>> = {
  'application password': 'Connect the store again with a user who may manage the shop.',
  'consumer key':
    'Create a new key in WooCommerce > Settings > Advanced > REST API with the permission Read (Read/Write to write back), and enter it in Orders > Sync Settings.',
}

/** Turns an answer with an error status into a failure that says what is wrong. `body` is null if it isn't JSON. */
export function refusal(attempt: Attempt, response: StoreResponse, body: unknown): FailureError {
  const { host, signIn } = attempt
  const { status } = response
  const parsed = refusalSchema.safeParse(body)
  if (!parsed.success) return refusalWithoutReason(attempt, response)
  const { code, message } = parsed.data
  const says = `${host} refused the request: ${quoteAnswer(message.replaceAll(/<[^>]*>/g, ''))}`
  if (/timestamp/i.test(message)) {
    return connectionFailure(
      'store-clock',
      `${host} refused the key because the clocks differ by more than 15 minutes.`,
      'Set the date and time of this computer, or have those of the store set.',
    )
  }
  if (code === 'rest_no_route') {
    return connectionFailure(
      'store-not-found',
      `${host} is a WordPress site without WooCommerce, or with a version older than 3.5.`,
      "Check the address. WooCommerce's REST API has to be switched on.",
      'address',
    )
  }
  if (code === 'woocommerce_rest_shop_order_invalid_id' || code === 'woocommerce_rest_order_invalid_id') {
    return connectionFailure('order-not-in-store', `${host} has no such order.`, 'Check the order number in the store.')
  }
  if (/^application_passwords_disabled/.test(code)) {
    return connectionFailure(
      'store-key-refused',
      `${host} does not accept application passwords, because it is reached without https or has switched them off.`,
      'Use the https address, or connect with a consumer key and secret.',
    )
  }
  // WooCommerce answers 401 to a key that is right but has too few permissions. Documented in class-wc-rest-authentication.php.
  const lacksPermission = /does not have (read|write) permissions/i.test(message)
  if (status === 401 && lacksPermission) return connectionFailure('store-key-rights', says, NEW_KEY[signIn] ?? 'Connect the store again.')
  if (status === 401 && !attempt.hasPermalinks && signIn === 'consumer key') {
    return connectionFailure(
      'store-permalinks',
      `${host} uses plain permalinks, with which WooCommerce does not accept its own keys.`,
      'In WordPress, choose Settings > Permalinks and anything but Plain. Or connect with an application password.',
    )
  }
  if (status === 401) return connectionFailure('store-key-refused', says, NEW_KEY[signIn] ?? 'Connect the store again.', 'secret')
  if (status === 403) return connectionFailure('store-key-rights', says, NEW_KEY[signIn] ?? 'Connect the store again.')
  if (status >= 500) return busy(host, status)
  return connectionFailure(
    'store-refused',
    says,
    'Check the order in the store, and the statuses of the source in Orders > Sync Settings. If this keeps happening, choose Help > Log a Ticket.',
  )
}

function refusalWithoutReason({ host }: Attempt, { status, bytes }: StoreResponse): FailureError {
  const text = new TextDecoder().decode(bytes.subarray(0, 4000)).replaceAll(/<(script|style)\b.*?<\/\1>|<[^>]*>/gis, ' ')
  if (status === 403 || status === 401) {
    return connectionFailure(
      'store-blocked',
      `${host} blocked the request before it reached WooCommerce (status ${status}): ${quoteAnswer(text)}`,
      'A security plugin or the host blocks programs. Ask the person who runs the store to allow the REST API for "Ledgerdrop".',
    )
  }
  if (status === 404) {
    return connectionFailure(
      'store-not-found',
      `There is no WooCommerce store at ${host} (status 404).`,
      'Check the address: open the store in the browser and enter what it shows. If the shop is in a folder, include it, e.g. example.com/shop.',
      'address',
    )
  }
  if (status >= 500) return busy(host, status)
  return invalidAnswer(host, `status ${status} ${text}`)
}
