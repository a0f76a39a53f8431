/** Why a text is no address that may be read or opened. */
export type WebAddressFault = 'no-address' | 'not-https' | 'has-credentials'

/**
 * The address that a text is: https, or http of this computer itself (a mirror, a test), without user and password, without the part behind `#`.
 * Otherwise why not.
 */
export function parseWebAddress(text: string): URL | WebAddressFault {
  if (!URL.canParse(text)) return 'no-address'
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) return 'not-https'
  if (url.username !== '' || url.password !== '') return 'has-credentials'
  url.hash = ''
  return url
}

/** True for names and numbers of this computer itself; `URL` has brought every spelling of a number to this one. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
