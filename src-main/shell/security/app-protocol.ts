import { extname } from 'node:path'
import { protocol, type Session } from 'electron'
import { readInside, resolveAppPath } from './app-files'
import { APP_SCHEME } from './origin'

/** The pages' content security policy. Inline styles are allowed because the component library sets sizes that way. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
}

/** Content types by extension. Other files aren't part of the screens and aren't served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
}

/** Registers `app://` as a secure standard scheme. Call once, before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the files below `root`, and nothing else, as `app://ledgerdrop/…`. */
export function serveApp(session: Session, root: string): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
    const path = resolveAppPath(request.url, root)
    const type = path === null ? undefined : CONTENT_TYPES[extname(path)]
    if (path === null || type === undefined) return refuse(404)
    const bytes = await readInside(path, root)
    return bytes === null ? refuse(404) : new Response(new Uint8Array(bytes), { headers: { ...HEADERS, 'Content-Type': type } })
  })
}

function refuse(status: number): Response {
  return new Response('', { status, headers: { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' } })
}
