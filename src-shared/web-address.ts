/** Why a web address is rejected. */
export type WebAddressFault = 'no-address' | 'not-https' | 'has-credentials'

/**
 * Parses a web address and removes its fragment. It has to use https, or http on this computer (for a mirror or a test), and must not contain
 * credentials. Returns the reason if it is rejected.
 */
export function parseWebAddress(text: string): URL | WebAddressFault {
  if (!URL.canParse(text)) return 'no-address'
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) return 'not-https'
  if (url.username !== '' || url.password !== '') return 'has-credentials'
  url.hash = ''
  return url
}

/** True for this computer's own names and IP addresses. `URL` has already normalised the address's notation. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
