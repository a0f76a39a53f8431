import { domainToASCII } from 'node:url'

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

/**
 * Returns one plain email address with its domain in ASCII; null for anything else. Stricter than RFC 5321: no quotes, comments, names, lists,
 * address literals, or characters beyond ASCII before the @, so that no part of it can become a header or a second recipient.
 */
export function mailAddress(text: string): string | null {
  const trimmed = text.trim()
  if (trimmed.length > 254) return null
  const at = trimmed.lastIndexOf('@')
  const local = trimmed.slice(0, Math.max(at, 0))
  const given = trimmed.slice(at + 1)
  if (!LOCAL.test(local) || local.length > 64 || !/^[\p{L}\p{N}\p{M}.-]+$/u.test(given)) return null
  const domain = domainToASCII(given)
  const labels = domain.split('.')
  if (domain.length > 253 || labels.length < 2 || !labels.every((label) => LABEL.test(label))) return null
  if (/^\d+$/.test(labels.at(-1) ?? '')) return null
  return `${local}@${domain}`
}
