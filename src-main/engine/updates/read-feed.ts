import { z } from 'zod'
import type { Release } from '../../../src-shared/contract/contract'
import { parseWebAddress } from '../../../src-shared/web-address'
import { wellFormed } from '../importers/reading/well-formed'
import { notAFeed, notJson, pageElsewhere } from './feed-failures'
import { parseVersion } from './version'

const MAX_NOTES_LENGTH = 2000
const MAX_ISSUES = 3

/** The format of a feed, as described in docs/updates.md. Other fields are refused. */
const feedSchema = z.strictObject({
  version: z.string().refine((text) => parseVersion(text) !== null, 'not a version such as 1.2.0'),
  page: z.string().max(1000),
  released: z.iso.date('not a date such as 2026-05-01').optional(),
  notes: z.string().max(MAX_NOTES_LENGTH).default(''),
})

/**
 * The release that a feed announces. The input is untrusted: throws FailureError `update-feed-not-json`, `update-feed-invalid`,
 * `update-page-elsewhere`.
 */
export function readFeed(bytes: Uint8Array, feed: URL): Release {
  const parsed = feedSchema.safeParse(jsonOf(bytes, feed))
  if (!parsed.success) throw notAFeed(feed, parsed.error.issues.slice(0, MAX_ISSUES).map(issueText))
  const { version, page, released = null, notes } = parsed.data
  const address = pageOfFeed(page, feed)
  if (address === null) throw pageElsewhere(feed, page)
  return { version, page: address, released, notes: plainNotes(notes) }
}

/** The page's address if it has the feed's origin; otherwise null. */
export function pageOfFeed(page: string, feed: URL): string | null {
  const url = parseWebAddress(page)
  return url instanceof URL && url.origin === feed.origin ? url.href : null
}

function jsonOf(bytes: Uint8Array, feed: URL): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
    throw notJson(feed)
  }
}

function issueText({ path, message }: { path: PropertyKey[]; message: string }): string {
  return path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`
}

/** The notes without characters that could affect the screen: control characters other than line ends, and text direction marks. */
function plainNotes(notes: string): string {
  return wellFormed(notes)
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, (character) => (character === '\t' ? ' ' : ''))
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}
