import { randomUUID } from 'node:crypto'
import type { StoreAccount } from '../../../../src-shared/stores'
import type { BrowserSignIn } from '../connection/browser-sign-in'
import { connectionFailure } from '../connection/store-failures'

/**
 * Gets an application password: WordPress's own page asks the person and sends the browser back with it. Source: WordPress's developer handbook,
 * "Application Passwords: Integration Guide". On an https site, WordPress accepts an address of this computer from 7.0 on.
 */
export function applicationPasswordSignIn({ address }: StoreAccount): BrowserSignIn {
  return {
    begin: async (returnAddress) => {
      const page = new URL(`${address}/wp-admin/authorize-application.php`)
      page.searchParams.set('app_name', 'Ledgerdrop')
      page.searchParams.set('app_id', randomUUID())
      page.searchParams.set('success_url', returnAddress)
      return page.href
    },
    finish: async (query) => {
      const [account, secret] = [query.get('user_login') ?? '', query.get('password') ?? '']
      if (account === '' || secret === '') {
        throw connectionFailure(
          'sign-in-failed',
          'The store did not send a password: the request was probably declined.',
          'Connect again and approve it.',
        )
      }
      return { account, secret }
    },
  }
}
