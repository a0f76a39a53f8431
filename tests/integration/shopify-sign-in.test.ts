import { createServer } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { SHOPIFY_RETURN_ADDRESS } from '../../src-main/engine/stores/shopify/shopify-sign-in'
import { NO_WRITE_BACK } from '../../src-shared/stores'
import { Office } from '../support/office'
import { openShopify } from '../support/shopify/connect-shopify'
import { schemaTitle, shopifySchema } from '../support/shopify/shopify-schema'
import type { ShopifyServer } from '../support/shopify/shopify-server'
import { DEFAULT_SETTINGS } from '../support/shopify/shopify-settings'

const { clientId, clientSecret } = DEFAULT_SETTINGS

function accountOf({ url }: ShopifyServer) {
  return { kind: 'shopify', address: url, signIn: 'authorization code', account: clientId } as const
}

async function begin(office: Office, server: ShopifyServer, appSecret = clientSecret) {
  return office.command('stores.beginSignIn', { account: accountOf(server), appSecret })
}

/** What the browser is sent back with after the person has allowed the connection. */
async function allow(page: string): Promise<URL> {
  const answer = await fetch(page, { redirect: 'manual' })
  const to = answer.headers.get('location')
  if (to === null) throw new Error(await answer.text())
  return new URL(to)
}

async function stateOf(office: Office, signInId: number) {
  await expect.poll(async () => (await office.command('stores.signInState', { signInId })).kind).not.toBe('waiting')
  return office.command('stores.signInState', { signInId })
}

// The browser comes back to a fixed address, so that these tests run one after the other.
describe.skipIf(shopifySchema === null)(schemaTitle('connecting a Shopify store through its own page'), () => {
  test('gives a token that reads orders', async () => {
    const server = await openShopify({ isSameOrganisation: false, now: '2026-11-29T03:00:00Z' })
    const office = await Office.open()
    const { signInId, page } = await begin(office, server)
    expect(new URL(page).searchParams.get('redirect_uri')).toBe(SHOPIFY_RETURN_ADDRESS)
    expect((await fetch(await allow(page))).status).toBe(200)
    expect(await stateOf(office, signInId)).toEqual({ kind: 'done', account: clientId })
    await office.command('stores.save', {
      name: 'Shop',
      destinationId: (await office.destination()).id,
      account: accountOf(server),
      secret: { from: 'sign-in', signInId },
      isSecretKept: false,
      statuses: {},
      writeBack: NO_WRITE_BACK,
    })
    server.control.advanceClock(1000)
    server.control.addOrders(2)
    await office.run('Read Orders')
    expect((await office.command('orders.list', {})).rows.map(({ number }) => number).sort()).toEqual(server.control.names())
  })

  test.each([
    ['another state', (to: URL) => to.searchParams.set('state', 'made-up')],
    ['a changed code', (to: URL) => to.searchParams.set('code', 'made-up')],
    ['a wrong signature', (to: URL) => to.searchParams.set('hmac', '00'.repeat(32))],
    ['two states', (to: URL) => to.searchParams.append('state', 'made-up')],
    ['a refusal', (to: URL) => to.searchParams.set('error', 'access_denied')],
  ])('fails with %s', async (_, change) => {
    const server = await openShopify()
    const office = await Office.open()
    const { signInId, page } = await begin(office, server)
    const to = await allow(page)
    change(to)
    await fetch(to)
    expect(await stateOf(office, signInId)).toMatchObject({ kind: 'failed' })
    expect(server.control.issuedTokens()).toBe(0)
  })

  test('fails with a code that does not belong to the verifier', async () => {
    const server = await openShopify()
    const office = await Office.open()
    const { signInId, page } = await begin(office, server)
    const changed = new URL(page)
    changed.searchParams.set('code_challenge', 'A'.repeat(43))
    await fetch(await allow(changed.href))
    expect(await stateOf(office, signInId)).toMatchObject({ kind: 'failed' })
  })

  test('needs the client secret, and never shows it', async () => {
    const server = await openShopify()
    const office = await Office.open()
    expect(await office.refusal('stores.beginSignIn', { account: accountOf(server) })).toMatchObject({ code: 'sign-in-failed' })
    const { signInId, page } = await begin(office, server, 'shpss_wrong')
    expect(page).not.toContain('shpss_wrong')
    await fetch(await allow(page))
    const state = await stateOf(office, signInId)
    expect(state).toMatchObject({ kind: 'failed' })
    expect(JSON.stringify([state, office.logged])).not.toContain('shpss_wrong')
  })

  test('says so if another program uses the address', async () => {
    const other = createServer()
    const { port, hostname } = new URL(SHOPIFY_RETURN_ADDRESS)
    await new Promise<void>((done, fail) => other.once('error', fail).listen(Number(port), hostname, done))
    onTestFinished(() => void other.close())
    const server = await openShopify()
    const office = await Office.open()
    const input = { account: accountOf(server), appSecret: clientSecret }
    expect(await office.refusal('stores.beginSignIn', input)).toMatchObject({
      code: 'sign-in-failed',
      message: expect.stringContaining(port),
    })
  })

  test('frees the address when it ends', async () => {
    const server = await openShopify()
    const office = await Office.open()
    for (let round = 0; round < 2; round++) {
      const { signInId } = await begin(office, server)
      await office.command('stores.endSignIn', { signInId })
    }
  })
})
