/** The scheme and host that the program's own pages come from. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'ledgerdrop'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`

/**
 * True for a URL or origin of the program's own pages, or of the development server where there is one. Compares parsed
 * parts: `app://ledgerdrop.evil/` and `https://evil/?app://ledgerdrop/` are strangers.
 */
export function isOwnOrigin(text: string, devServer: string | null): boolean {
  const url = parse(text)
  if (url === null || url.username !== '' || url.password !== '') return false
  if (url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST) return true
  const dev = devServer === null ? null : parse(devServer)
  // `origin` is the text "null" for schemes that Node does not know, so it says something for http only.
  return dev !== null && url.protocol === 'http:' && url.origin === dev.origin
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}
