import { type FailureCode, FailureError } from '../../../src-shared/failure'
import type { WebAddressFault } from '../../../src-shared/web-address'
import { oneLine } from '../notices/notice-text'

const MAX_QUOTE_LENGTH = 120
const CHECK_ADDRESS = 'Check the feed address in Settings > Updates.'
const ASK_PUBLISHER = 'Contact the publisher of the feed, or enter another feed address in Settings > Updates. Nothing else depends on it.'
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|SSL/i

const ADDRESS_FAULTS: Readonly<Record<WebAddressFault, string>> = {
  'no-address': 'is not an address',
  'not-https': 'does not start with https://',
  'has-credentials': 'contains a user name or password',
}

function failure(code: FailureCode, message: string, remedy: string, field?: string): FailureError {
  return new FailureError({ code, message, remedy, field })
}

/** Text from outside, shortened and cleaned so that it can be part of a sentence. */
function quote(text: string): string {
  return oneLine(text.replaceAll(/\p{Bidi_Control}/gu, ''), MAX_QUOTE_LENGTH)
}

/** `update-address-missing`: update checks were switched on without an address. */
export function addressMissing(): FailureError {
  return failure(
    'update-address-missing',
    'The feed address is missing.',
    'Enter the address that you were given, or switch off checking for new versions.',
    'feedAddress',
  )
}

/** `update-address-invalid`: the address can't be used. */
export function addressInvalid(text: string, fault: WebAddressFault): FailureError {
  return failure(
    'update-address-invalid',
    `${quote(text)} ${ADDRESS_FAULTS[fault]}.`,
    'Enter a complete address such as https://example.com/ledgerdrop/feed.json.',
    'feedAddress',
  )
}

/** `updates-off`: Check Now was chosen while update checks are off. */
export function updatesOff(): FailureError {
  return failure('updates-off', 'Checking for new versions is switched off.', 'An administrator can switch it on in Settings > Updates.')
}

/** `update-feed-unreachable`: the server didn't answer. `update-feed-certificate`: its certificate isn't valid. */
export function unreachable(feed: URL, reason: string): FailureError {
  if (CERTIFICATE.test(reason)) {
    return failure(
      'update-feed-certificate',
      `The certificate of ${feed.host} could not be verified (${quote(reason)}). Nothing was read from it.`,
      'Check the date and time of this computer. If they are right, contact the publisher of the feed.',
    )
  }
  return failure(
    'update-feed-unreachable',
    `${feed.host} could not be reached (${quote(reason)}).`,
    `Check that this computer is connected to the internet. ${CHECK_ADDRESS}`,
  )
}

/** `update-feed-slow`: the answer wasn't complete within the time limit. */
export function tooSlow(feed: URL, limitMs: number): FailureError {
  const seconds = Math.round(limitMs / 100) / 10
  return failure(
    'update-feed-slow',
    `${feed.host} did not answer completely within ${seconds} seconds.`,
    `Try again later. ${CHECK_ADDRESS}`,
  )
}

/** `update-feed-redirected`: the feed's server redirects to another address. */
export function redirected(feed: URL, to: string): FailureError {
  return failure(
    'update-feed-redirected',
    `${feed.host} redirects to another address: ${quote(to)}. Ledgerdrop does not follow redirects.`,
    'If you trust that address, enter it as the feed address in Settings > Updates.',
  )
}

/** `update-feed-refused`: the answer has a status other than 200. */
export function refused(feed: URL, status: number): FailureError {
  return failure('update-feed-refused', `${feed.host} answered with status ${status} instead of the feed.`, CHECK_ADDRESS)
}

/** `update-feed-too-large`: the answer is too large for a feed. */
export function tooLarge(feed: URL, maxBytes: number): FailureError {
  return failure(
    'update-feed-too-large',
    `${feed.host} sent more than ${Math.round(maxBytes / 1024)} KB. That is too large for a feed, so it was not read.`,
    CHECK_ADDRESS,
  )
}

/** `update-feed-not-json`: the answer isn't JSON; it may be a web page. */
export function notJson(feed: URL): FailureError {
  return failure('update-feed-not-json', `The answer of ${feed.host} is not a feed: it is not JSON.`, CHECK_ADDRESS)
}

/**
 * `update-feed-invalid`: the answer is JSON, but not in the format of docs/updates.md. `faults`: the field and reason
 * of each fault.
 */
export function notAFeed(feed: URL, faults: readonly string[]): FailureError {
  return failure('update-feed-invalid', `The feed of ${feed.host} is invalid: ${quote(faults.join('; '))}.`, ASK_PUBLISHER)
}

/** `update-page-elsewhere`: the feed links to a page on another origin. */
export function pageElsewhere(feed: URL, page: string): FailureError {
  return failure(
    'update-page-elsewhere',
    `The feed links to a page outside ${feed.origin}: ${quote(page)}. Ledgerdrop will not open it.`,
    ASK_PUBLISHER,
  )
}
