import { type CodeOf, FailureError } from '../../../../src-shared/failure'

const MAX_QUOTE_LENGTH = 160
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|SSL/i
const RETRIES = 'Ledgerdrop tries again automatically. Nothing is missed.'

/** Returns a failure of a connection to a store. */
export function connectionFailure(code: CodeOf<'connections'>, message: string, remedy: string, field?: string): FailureError {
  return new FailureError({ code, message, remedy, field })
}

/** A text from the store, on one line and short enough for a sentence. */
export function quoteAnswer(text: string): string {
  const line = text
    .slice(0, 10 * MAX_QUOTE_LENGTH)
    .replaceAll(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  const characters = Array.from(line)
  return characters.length <= MAX_QUOTE_LENGTH ? line : `${characters.slice(0, MAX_QUOTE_LENGTH - 1).join('')}…`
}

/** `store-unreachable`, `store-certificate`: no answer, or none that can be trusted. */
export function unreachable(host: string, reason: string): FailureError {
  if (CERTIFICATE.test(reason)) {
    return connectionFailure(
      'store-certificate',
      `The certificate of ${host} could not be verified (${quoteAnswer(reason)}). Nothing was sent to it.`,
      'Check the date and time of this computer. If they are right, ask the person who runs the store to renew its certificate.',
    )
  }
  return connectionFailure(
    'store-unreachable',
    `${host} could not be reached (${quoteAnswer(reason)}).`,
    `Check the store's address and this computer's internet connection. ${RETRIES}`,
    'address',
  )
}

/** `store-unreachable`: no complete answer in time. */
export function tooSlow(host: string, limitMs: number): FailureError {
  const seconds = Math.round(limitMs / 1000)
  return connectionFailure('store-unreachable', `${host} did not answer completely within ${seconds} seconds.`, RETRIES)
}

/** `store-redirected`: the store's server sends requests to another host. */
export function redirected(host: string, to: string): FailureError {
  // Servers repeat the query of the request, which may contain the key.
  const [target = ''] = to.split(/[?#]/)
  return connectionFailure(
    'store-redirected',
    `${host} redirects to another address: ${quoteAnswer(target)}. Ledgerdrop does not send the store's key there.`,
    "Open the store in the browser and enter the address that it shows, e.g. with or without www. The key isn't sent to any other host.",
    'address',
  )
}

/** `store-answer-too-large`: an answer exceeds the limit. */
export function tooLarge(host: string, maxBytes: number): FailureError {
  return connectionFailure(
    'store-answer-too-large',
    `An answer of ${host} has more than ${Math.round(maxBytes / 1_048_576)} MB. It was not read.`,
    'Check that the address is that of a store. If it is, choose Help > Log a Ticket.',
  )
}

/** `store-busy`: the store asks to come back later. */
export function busy(host: string, status: number): FailureError {
  const what = status === 429 ? 'asks for fewer requests' : `is overloaded or under maintenance (status ${status})`
  return connectionFailure('store-busy', `${host} ${what}.`, RETRIES)
}

/** `store-answer-invalid`: the answer isn't what a store answers. */
export function invalidAnswer(host: string, received: string): FailureError {
  return connectionFailure(
    'store-answer-invalid',
    `${host} answered with something other than orders: ${quoteAnswer(received)}`,
    `A plugin or the host may put its own text around the answer. Ask the person who runs the store. ${RETRIES}`,
  )
}
