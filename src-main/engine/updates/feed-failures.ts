import { type FailureCode, FailureError } from '../../../src-shared/failure'
import type { WebAddressFault } from '../../../src-shared/web-address'
import { oneLine } from '../notices/notice-text'

const LONGEST_QUOTE = 120
const CHECK_ADDRESS = 'Check the feed address in Settings, Updates.'
const ASK_PUBLISHER = 'Tell whoever keeps the feed, or enter another feed address in Settings, Updates. Nothing else depends on it.'
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|SSL/i

const ADDRESS_FAULTS: Readonly<Record<WebAddressFault, string>> = {
  'no-address': 'is not an address',
  'not-https': 'does not begin with https://',
  'has-credentials': 'has a user name or a password in it',
}

function failure(code: FailureCode, message: string, remedy: string, field?: string): FailureError {
  return new FailureError({ code, message, remedy, field })
}

/** What came from outside, fit to stand in a sentence. */
function quote(text: string): string {
  return oneLine(text.replaceAll(/\p{Bidi_Control}/gu, ''), LONGEST_QUOTE)
}

/** `update-address-missing`: looking was switched on without an address. */
export function addressMissing(): FailureError {
  return failure(
    'update-address-missing',
    'There is no feed address to look at.',
    'Enter the address that you were given, or leave looking for new versions off.',
    'feedAddress',
  )
}

/** `update-address-invalid`: the address cannot be looked at. */
export function addressInvalid(text: string, fault: WebAddressFault): FailureError {
  return failure(
    'update-address-invalid',
    `${quote(text)} ${ADDRESS_FAULTS[fault]}.`,
    'Enter a whole address such as https://example.com/ledgerdrop/feed.json.',
    'feedAddress',
  )
}

/** `updates-off`: Look Now while looking is off. */
export function updatesOff(): FailureError {
  return failure('updates-off', 'Looking for new versions is off.', 'An administrator switches it on in Settings, Updates.')
}

/** `update-feed-unreachable`, `update-feed-certificate`: nobody answered, or nobody who could prove who they are. */
export function unreachable(feed: URL, reason: string): FailureError {
  if (CERTIFICATE.test(reason)) {
    return failure(
      'update-feed-certificate',
      `${feed.host} did not prove who it is (${quote(reason)}). Nothing was read from it.`,
      'Check the date and time of this computer. If they are right, tell whoever keeps the feed.',
    )
  }
  return failure(
    'update-feed-unreachable',
    `${feed.host} could not be reached (${quote(reason)}).`,
    `Check that this computer is connected to the internet. ${CHECK_ADDRESS}`,
  )
}

/** `update-feed-slow`: no whole answer in time. */
export function tooSlow(feed: URL, limitMs: number): FailureError {
  const seconds = Math.round(limitMs / 100) / 10
  return failure('update-feed-slow', `${feed.host} gave no whole answer within ${seconds} seconds.`, `Try again later. ${CHECK_ADDRESS}`)
}

/** `update-feed-redirected`: the feed's server points elsewhere. */
export function redirected(feed: URL, to: string): FailureError {
  return failure(
    'update-feed-redirected',
    `${feed.host} points to another address: ${quote(to)}. Ledgerdrop does not follow.`,
    'If you trust that address, enter it as the feed address in Settings, Updates.',
  )
}

/** `update-feed-refused`: an answer, but not the feed. */
export function refused(feed: URL, status: number): FailureError {
  return failure('update-feed-refused', `${feed.host} answered with status ${status} in place of the feed.`, CHECK_ADDRESS)
}

/** `update-feed-too-large`: no feed is that long. */
export function tooLarge(feed: URL, mostBytes: number): FailureError {
  return failure(
    'update-feed-too-large',
    `${feed.host} sent more than ${Math.round(mostBytes / 1024)} KB. That is no feed; it was not read.`,
    CHECK_ADDRESS,
  )
}

/** `update-feed-not-json`: a web page, perhaps. */
export function notJson(feed: URL): FailureError {
  return failure('update-feed-not-json', `What ${feed.host} sent is no feed: it is not JSON.`, CHECK_ADDRESS)
}

/** `update-feed-invalid`: JSON, but not what docs/updates.md describes. `faults`: field and reason, one text each. */
export function notAFeed(feed: URL, faults: readonly string[]): FailureError {
  return failure('update-feed-invalid', `The feed of ${feed.host} is not as it should be: ${quote(faults.join('; '))}.`, ASK_PUBLISHER)
}

/** `update-page-elsewhere`: a page of another origin would be opened. */
export function pageElsewhere(feed: URL, page: string): FailureError {
  return failure(
    'update-page-elsewhere',
    `The feed names a page that is not at ${feed.origin}: ${quote(page)}. It is not offered.`,
    ASK_PUBLISHER,
  )
}
