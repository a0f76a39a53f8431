import type { Release } from '../../../src-shared/contract/contract'
import { assertNever } from '../../../src-shared/failure'
import type { WebClient } from '../../../src-shared/web-request'
import { redirected, refused, tooLarge, tooSlow, unreachable } from './feed-failures'
import { readFeed } from './read-feed'

/** The maximum size of a feed. */
const MAX_BYTES = 64 * 1024

/** The parameters of a feed request. */
export interface FeedRequest {
  feed: URL
  /** The running version: the only information about this program that the request contains. */
  version: string
  request: WebClient
  limitMs: number
}

/**
 * The release that a feed currently announces; null if the signal was aborted. Throws the FailureErrors of `readFeed`,
 * and `update-feed-unreachable`, `-certificate`, `-slow`, `-redirected`, `-refused`, `-too-large`.
 */
export async function checkFeed({ feed, version, request, limitMs }: FeedRequest, signal: AbortSignal): Promise<Release | null> {
  const headers = { 'user-agent': `Ledgerdrop/${version}`, accept: 'application/json' }
  const abortController = new AbortController()
  const abort = () => abortController.abort()
  const timer = setTimeout(abort, limitMs)
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  const asked = { address: feed.href, method: 'GET', headers, body: null, maxBytes: MAX_BYTES } as const
  const answer = await request(asked, abortController.signal)
  clearTimeout(timer)
  signal.removeEventListener('abort', abort)
  if (signal.aborted) return null
  switch (answer.kind) {
    case 'answered':
      if (answer.status !== 200) throw refused(feed, answer.status)
      return readFeed(answer.bytes, feed)
    case 'redirected':
      throw redirected(feed, answer.to)
    case 'too-large':
      throw tooLarge(feed, MAX_BYTES)
    case 'unreachable':
      throw unreachable(feed, answer.reason)
    case 'aborted':
      throw tooSlow(feed, limitMs)
    default:
      return assertNever(answer)
  }
}
