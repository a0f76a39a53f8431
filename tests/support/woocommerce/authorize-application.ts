import type { Credentials } from './credentials.ts'
import type { StoreRequest } from './rest-request.ts'
import { hasApplicationPasswords, type StoreSettings } from './store-settings.ts'

/** A page of the store, as opposed to an answer of its REST API. */
export interface Page {
  status: number
  headers: Record<string, string>
  body: string
}

const TITLE = 'Authorize Application'
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** A page of HTML. */
export function htmlPage(status: number, title: string, content: string): Page {
  const body = `<!DOCTYPE html>\n<html lang="en-AU"><head><title>${title}</title></head><body>${content}</body></html>\n`
  return { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body }
}

/**
 * Answers /wp-admin/authorize-application.php, as if the person had signed in. GET shows a form. POST with `approve`
 * creates an application password and redirects to `success_url`, or shows the password if there is none; POST with
 * `reject` redirects to `reject_url`.
 */
export function authorizeApplication(
  request: StoreRequest,
  { settings, credentials, siteUrl }: { settings: StoreSettings; credentials: Credentials; siteUrl: string },
): Page {
  // Measured: 501 in production over plain http.
  if (!hasApplicationPasswords(settings))
    return htmlPage(501, 'Cannot Authorize Application', '<p>Application passwords are not available.</p>')
  const posted = request.method === 'POST' ? new URLSearchParams(request.body) : null
  const field = (name: string): string => posted?.get(name) ?? request.query.get(name) ?? ''
  const [name, successUrl] = [field('app_name'), field('success_url')]
  const rejectUrl = field('reject_url') || (successUrl && withQuery(successUrl, { success: 'false' }))
  const problem =
    [successUrl, rejectUrl].map((url) => urlProblem(url, settings)).find((found) => found !== null) ?? idProblem(field('app_id'))
  if (problem !== null)
    // The wording and the status, 500, are recalled.
    return htmlPage(500, 'Cannot Authorize Application', `<p>The Authorize Application request is not allowed. ${problem}</p>`)
  if (posted === null) return form({ name, successUrl, rejectUrl, appId: field('app_id') })
  if (posted.has('reject')) return redirect(rejectUrl || `${siteUrl}/wp-admin/`)
  if (!posted.has('approve')) return form({ name, successUrl, rejectUrl, appId: field('app_id') })
  const { user, password } = credentials.addPassword(settings.user, true)
  if (successUrl !== '') return redirect(withQuery(successUrl, { site_url: siteUrl, user_login: user, password }))
  const chunks = password.match(/.{1,4}/g)?.join(' ')
  return htmlPage(200, TITLE, `<p>Your new password for <strong>${escapeHtml(name)}</strong> is: <code>${chunks}</code></p>`)
}

/**
 * Measured: over https, `http://127.0.0.1` is allowed from WordPress 7.0 on, and `localhost` is refused. Other http
 * addresses are refused everywhere. Private schemes such as `ledgerdrop:` are allowed. WordPress also allows `http` in
 * local environments; the stand-in doesn't, because a client must not depend on it.
 */
function urlProblem(url: string, { wordpressVersion }: StoreSettings): string | null {
  if (url === '') return null
  if (!URL.canParse(url)) return 'Invalid URL format.'
  const { protocol, hostname } = new URL(url)
  if (protocol === 'javascript:' || protocol === 'data:') return 'Invalid URL format.'
  const isLoopback = hostname === '127.0.0.1' || hostname === '[::1]'
  if (protocol !== 'http:' || (isLoopback && Number.parseInt(wordpressVersion, 10) >= 7)) return null
  return 'The URL must be served over a secure connection.'
}

function idProblem(id: string): string | null {
  return id === '' || UUID.test(id) ? null : 'The application ID must be a UUID.'
}

function form(fields: { name: string; successUrl: string; rejectUrl: string; appId: string }): Page {
  const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`
  return htmlPage(
    200,
    TITLE,
    `<h1>${TITLE}</h1><form action="/wp-admin/authorize-application.php" method="post">
    ${hidden('action', 'authorize_application_password')}${hidden('app_id', fields.appId)}
    ${hidden('success_url', fields.successUrl)}${hidden('reject_url', fields.rejectUrl)}
    <label>New Application Password Name <input name="app_name" value="${escapeHtml(fields.name)}" required></label>
    <button name="approve" value="1">Yes, I approve of this connection</button>
    <button name="reject" value="1">No, I do not approve of this connection</button></form>`,
  )
}

function redirect(location: string): Page {
  return { status: 302, headers: { location }, body: '' }
}

/** Adds to the query as text, because a private scheme such as `ledgerdrop:connected` has no path. */
function withQuery(url: string, values: Record<string, string>): string {
  return `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(values)}`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
