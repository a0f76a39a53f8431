/** The scheme, host and address of the program's own pages. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'ledgerdrop'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`

/**
 * True for a URL or origin of the program's own pages, or of the development server if there is one. Compares parsed
 * parts: `app://ledgerdrop.evil/` and `https://evil/?app://ledgerdrop/` are foreign.
 */
export function isOwnOrigin(text: string, devServer: string | null): boolean {
  const url = parse(text)
  if (url === null || url.username !== '' || url.password !== '') return false
  if (url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST) return true
  const dev = devServer === null ? null : parse(devServer)
  // `origin` is "null" for schemes that Node doesn't know, so it can be compared for http only.
  return dev !== null && url.protocol === 'http:' && url.origin === dev.origin
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}
