import type { FailureError } from '../../../../src-shared/failure'
import { connectionFailure } from '../connection/store-failures'

/** A store's permanent name, the first part of `name.myshopify.com`. */
const NAME = /^[a-z0-9][a-z0-9-]{0,99}$/
const DOMAIN = /^([a-z0-9-]+)\.myshopify\.com$/
const ADMIN_HOST = 'admin.shopify.com'

/**
 * Returns the address of a store's administration, `https://name.myshopify.com`. Takes what a person may copy: the name, the domain, and the address of
 * an admin page. An address of this computer is for tests. Throws FailureError `store-address-invalid`.
 */
export function shopifyAddress(text: string): string {
  const entered = text.trim()
  if (NAME.test(entered.toLowerCase())) return addressOf(entered.toLowerCase())
  const withScheme = /^https?:\/\//i.test(entered) ? entered : `https://${entered}`
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null
  if (url === null || url.username !== '' || url.password !== '') throw invalidAddress()
  if (url.protocol === 'http:' && isLoopback(url.hostname)) return url.origin
  const name = url.hostname === ADMIN_HOST ? /^\/store\/([^/]+)/.exec(url.pathname)?.[1] : DOMAIN.exec(url.hostname)?.[1]
  if (name === undefined || !NAME.test(name)) throw invalidAddress()
  return addressOf(name)
}

function addressOf(name: string): string {
  return `https://${name}.myshopify.com`
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

function invalidAddress(): FailureError {
  return connectionFailure(
    'store-address-invalid',
    'This is not the permanent address of a Shopify store.',
    'Enter the address that ends with .myshopify.com. In Shopify, choose Settings > Domains to see it.',
    'address',
  )
}
