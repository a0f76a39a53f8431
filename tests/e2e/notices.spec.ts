import { expect, test } from '@playwright/test'
import { MailServer, readEmail } from '../support/mail-server'
import { type LaunchedApp, launchApp } from './launch'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import { command, openOrder } from './steps'

let launched: LaunchedApp
let prepared: PreparedWorkspace
let server: MailServer

test.beforeEach(async () => {
  server = await MailServer.start({ account: { user: 'shop', password: 'open sesame' } })
  prepared = await PreparedWorkspace.make([{ name: 'Package', profile: 'attache-xmlkfi' }], async (workspace, engine) => {
    workspace.receive('Package', orderNumbered('W1'))
    await engine.run('Read Orders')
  })
  launched = await launchApp({ workspace: prepared.workspace })
})

test.afterEach(async () => {
  await launched?.close()
  prepared?.remove()
  await server?.stop()
})

test('email can be set up and tested; Notify Customer previews and sends the email, and the timeline says that the customer was notified', async () => {
  const { window } = launched
  await openOrder(window, 'W1')
  await expect(window.getByLabel('Notify Customer')).toBeDisabled()
  await expect(window.getByText('Email is not set up yet.')).toBeVisible()

  await window.getByRole('banner').getByRole('button', { name: 'Settings', exact: true }).click()
  const form = window.getByRole('form', { name: 'Mail server' })
  await form.getByLabel('Mail server').fill('localhost')
  await form.getByLabel('Security').selectOption('none')
  await form.getByLabel('Port').fill(String(server.port))
  await form.getByLabel('User name').fill('shop')
  await form.getByLabel('Password', { exact: true }).fill('wrong')
  await form.getByLabel('From name').fill('Example Gardens')
  await form.getByLabel('From address').fill('sales@gardens.example')
  await form.getByLabel('Test address').fill('me@gardens.example')
  await form.getByRole('button', { name: 'Send Test Email' }).click()
  await expect(form.getByRole('alert')).toContainText('does not accept the user name or the password. It answered: 535')
  await form.getByLabel('Password', { exact: true }).fill('open sesame')
  const askForPassword = form.getByLabel('Ask for the password after each start')
  if (await askForPassword.isEnabled()) await askForPassword.check()
  await form.getByRole('button', { name: 'Send Test Email' }).click()
  await expect(form.getByRole('status')).toContainText('It answered: 250')
  await form.getByRole('button', { name: 'Save Email Settings' }).click()
  await expect(form.getByText('until Ledgerdrop quits. Leave blank')).toBeVisible()

  await openOrder(window, 'W1')
  await window.getByLabel('New Status').selectOption('Dispatched')
  await window.getByLabel('Comments', { exact: true }).fill('Parcel 4711')
  await window.getByLabel('Notify Customer').check()
  await window.getByLabel('Append Comments').check()
  const preview = window.getByRole('region', { name: 'Email to be sent' })
  await expect(preview).toContainText('Parcel 4711')
  await expect(window.getByText('Your order W1 has been dispatched')).toBeVisible()
  await window.getByRole('button', { name: 'Update Status' }).click()
  await expect(window.getByText(/^Notice queued for jane@example\.com/)).toBeVisible()
  await expect(window.getByText(/^Customer notified at jane@example\.com\. The mail server answered: 250/)).toBeVisible()
  expect(server.emails.map(({ to }) => to)).toEqual([['me@gardens.example'], ['jane@example.com']])
  expect(readEmail(server.emails[1]?.raw ?? '').body).toContain('Parcel 4711')
  expect((await command(window, 'sync.problems', {})).problems).toEqual([])
})

test('the daily digest can be switched on, and reports on the previous day', async () => {
  const { window } = launched
  await command(window, 'mail.save', { ...server.settings, user: 'shop', password: 'open sesame', isPasswordKept: false })
  await window.getByRole('banner').getByRole('button', { name: 'Settings', exact: true }).click()
  const form = window.getByRole('form', { name: 'Daily Digest' })
  await form.getByLabel('Send a daily digest').check()
  await form.getByLabel('Time of day').fill('00:00')
  await form.getByLabel('Send digest to').fill('boss@gardens.example\nnobody')
  await form.getByRole('button', { name: 'Save Daily Digest' }).click()
  await expect(form.getByRole('alert')).toContainText('nobody is not a valid email address')
  await form.getByLabel('Send digest to').fill('boss@gardens.example\nbooks@gardens.example')
  await form.getByRole('button', { name: 'Save Daily Digest' }).click()
  await expect(window.getByText('Daily digest saved.')).toBeVisible()
  await command(window, 'sync.runNow', { task: 'Send Notices' })
  await expect.poll(() => server.emails.map(({ to }) => to[0])).toEqual(['boss@gardens.example', 'books@gardens.example'])
  expect(readEmail(server.emails[0]?.raw ?? '').headers.get('subject')?.[0]).toMatch(
    /^Orders for \S+ .* 0 received, 0 written, no problems$/,
  )
})
