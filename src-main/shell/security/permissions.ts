import { app, type Session, shell, type WebContents } from 'electron'
import { log } from '../system/log'
import { isOwnOrigin } from './origin'

/** The permissions that pages have, and why. Everything else is denied without asking. */
const ALLOWED_PERMISSIONS: Readonly<Record<string, string>> = {
  'clipboard-sanitized-write': 'Copy buttons put order numbers, file names and error texts on the clipboard',
}

/**
 * Addresses that a page may open in the person's browser, and why. There are none: help is part of the program, and the
 * addresses of stores and of a newer version's page come from the engine (`openStorePage`, `openUpdatePage`).
 */
const ALLOWED_ADDRESSES: Readonly<Record<string, string>> = {}

/** Network schemes that our pages don't use. Their requests are cancelled before a DNS lookup. */
const FOREIGN_ADDRESSES = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*']

/** Denies permissions, devices, screen sharing, downloads and foreign addresses in a session. */
export function restrictSession(session: Session, devServer: string | null): void {
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin, devServer))
  session.setPermissionRequestHandler((contents, permission, answer) => answer(isAllowed(permission, contents.getURL(), devServer)))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.on('will-download', (event, item) => {
    event.preventDefault()
    log.warn('download refused', item.getMimeType())
  })
  session.webRequest.onBeforeRequest({ urls: FOREIGN_ADDRESSES }, ({ url }, answer) => answer({ cancel: !isDevServer(url, devServer) }))
}

/** Denies navigation, new windows and embedded pages in every page that is created after this call. */
export function restrictContents(devServer: string | null): void {
  app.on('web-contents-created', (_event, contents) => {
    const keepOnOwnPages = (event: { preventDefault(): void; url: string }) => {
      if (isOwnOrigin(event.url, devServer)) return
      event.preventDefault()
      log.warn('navigation refused')
    }
    contents.on('will-navigate', keepOnOwnPages)
    contents.on('will-frame-navigate', keepOnOwnPages)
    contents.on('will-redirect', keepOnOwnPages)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openAddress(url)
      return { action: 'deny' }
    })
    denyUnloadDialogs(contents)
  })
}

/**
 * Never sends a client certificate to a server that asks for one. By default, Electron sends the first one in the
 * user's store. Call before the app is ready.
 */
export function refuseClientCertificateRequests(): void {
  app.on('select-client-certificate', (event, _contents, _url, _certificates, answer) => {
    event.preventDefault()
    log.warn('client certificate not presented')
    answer()
  })
}

function isAllowed(permission: string, origin: string, devServer: string | null): boolean {
  return Object.hasOwn(ALLOWED_PERMISSIONS, permission) && isOwnOrigin(origin, devServer)
}

function isDevServer(address: string, devServer: string | null): boolean {
  if (devServer === null) return false
  const [url, dev] = [new URL(address), new URL(devServer)]
  return url.host === dev.host && (url.protocol === 'http:' || url.protocol === 'ws:')
}

function openAddress(address: string): void {
  if (!URL.canParse(address)) return
  const url = new URL(address)
  if (url.protocol !== 'https:' || !Object.hasOwn(ALLOWED_ADDRESSES, url.href)) {
    log.warn('new window refused')
    return
  }
  shell.openExternal(url.href).catch((error: unknown) => log.error('browser not opened', error))
}

/** Lets the window close or reload a page even if the page tries to prevent it. */
function denyUnloadDialogs(contents: WebContents): void {
  contents.on('will-prevent-unload', (event) => event.preventDefault())
}
