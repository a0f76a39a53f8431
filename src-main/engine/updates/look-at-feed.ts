import type { Release } from '../../../src-shared/contract/contract'
import { assertNever } from '../../../src-shared/failure'
import type { WebReader } from '../../../src-shared/web-request'
import { redirected, refused, tooLarge, tooSlow, unreachable } from './feed-failures'
import { readFeed } from './read-feed'

/** No feed is longer. */
const MOST_BYTES = 64 * 1024

/** How a feed is asked for. */
export interface FeedRequest {
  feed: URL
  /** The running version: the only thing that is told of this program. */
  version: string
  read: WebReader
  limitMs: number
}

/**
 * The release that a feed names now; null where the signal ended the look. Throws the FailureErrors of `readFeed`, and `update-feed-unreachable`,
 * `-certificate`, `-slow`, `-redirected`, `-refused`, `-too-large`.
 */
export async function lookAtFeed({ feed, version, read, limitMs }: FeedRequest, signal: AbortSignal): Promise<Release | null> {
  const request = { address: feed.href, userAgent: `Ledgerdrop/${version}`, mostBytes: MOST_BYTES }
  const ending = new AbortController()
  const end = () => ending.abort()
  const timer = setTimeout(end, limitMs)
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  const answer = await read(request, ending.signal)
  clearTimeout(timer)
  signal.removeEventListener('abort', end)
  if (signal.aborted) return null
  switch (answer.kind) {
    case 'answered':
      if (answer.status !== 200) throw refused(feed, answer.status)
      return readFeed(answer.bytes, feed)
    case 'redirected':
      throw redirected(feed, answer.to)
    case 'too-large':
      throw tooLarge(feed, MOST_BYTES)
    case 'unreachable':
      throw unreachable(feed, answer.reason)
    case 'aborted':
      throw tooSlow(feed, limitMs)
    default:
      return assertNever(answer)
  }
}
