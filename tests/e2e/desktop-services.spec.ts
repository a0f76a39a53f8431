import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import SqliteDatabase from 'better-sqlite3'
import type { TestHooks } from '../../src-main/shell/test-hooks'
import { SYNC_TASKS } from '../../src-shared/contract/contract'
import { MailServer } from '../support/mail-server'
import { type LaunchedApp, launchApp } from './launch'
import { missingPanelPrograms, PanelSession } from './panel-session'
import { PreparedWorkspace } from './prepared-workspace'
import { command } from './steps'

const PACKAGE = 'Package'

/**
 * Skips the test if desktop programs are missing, and names them. The set-up script installs them if it is allowed to.
 */
function requirePrograms(subject: string, programs: readonly string[]): void {
  const missing = missingPanelPrograms(programs)
  if (missing.length > 0) console.warn(`SKIPPED: ${subject} is not tested here. Missing: ${missing.join(', ')}.`)
  test.skip(missing.length > 0, `missing on this computer: ${missing.join(', ')}`)
}

async function withSession(body: (session: PanelSession) => Promise<void>): Promise<void> {
  const session = await PanelSession.start('light')
  try {
    await body(session)
  } finally {
    await session.stop()
  }
}

async function withApp(session: PanelSession, workspace: string, args: string[], body: (launched: LaunchedApp) => Promise<void>) {
  const launched = await launchApp({ workspace, args: ['--no-samples', ...args], env: session.env })
  try {
    await body(launched)
  } finally {
    await launched.close()
  }
}

const isWindowVisible = ({ app }: LaunchedApp) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())

test('clicking the notification of a problem opens Sync > Problems, even if the window is hidden', async () => {
  requirePrograms('a click on a notification', ['dunst'])
  const prepared = await PreparedWorkspace.make([{ name: PACKAGE, profile: 'attache-xmlkfi' }], async (_workspace, engine) => {
    // Pause all tasks, so that only the test starts runs.
    for (const task of SYNC_TASKS) await engine.command('sync.setPaused', { task, isPaused: true })
  })
  try {
    await withSession(async (session) => {
      mkdirSync(session.configFolder('dunst'))
      // A click performs the notification's action, as on most desktops.
      writeFileSync(session.configFolder('dunst', 'dunstrc'), '[global]\nmouse_left_click = do_action, close_current\n')
      await session.startService('org.freedesktop.Notifications', 'dunst', [])
      await withApp(session, prepared.workspace, [], async (launched) => {
        const { app, window } = launched
        await app.evaluate(() => (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest.window.hide())
        expect(await isWindowVisible(launched)).toBe(false)
        writeFileSync(join(prepared.intakeFolder(PACKAGE), 'broken.json'), 'no orders')
        await command(window, 'sync.runNow', { task: 'Read Orders' })

        let shown = ''
        const search = () => session.xdotool('search', '--onlyvisible', '--class', '^Dunst$').catch(() => '')
        await expect
          .poll(async () => (shown = (await search()).trim()), { message: 'the notification is shown', timeout: 20_000 })
          .not.toBe('')
        await session.xdotool('mousemove', '--window', shown.split('\n')[0] ?? '', '20', '20', 'click', '1')

        await expect(window.getByRole('heading', { name: 'Problems', level: 1 })).toBeVisible()
        await expect.poll(() => isWindowVisible(launched)).toBe(true)
      })
    })
  } finally {
    prepared.remove()
  }
})

test('a password is encrypted by the key store, and only that key store can decrypt it after a restart', async () => {
  requirePrograms('a password in a real key store', ['gnome-keyring-daemon'])
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-key-store-'))
  const workspace = join(folder, 'workspace')
  const server = await MailServer.start({ account: { user: 'shop', password: 'open sesame' } })
  const args = ['--password-store=gnome-libsecret']
  const withKeyStore = (body: (session: PanelSession) => Promise<void>) =>
    withSession(async (session) => {
      await session.startService(
        'org.freedesktop.secrets',
        'gnome-keyring-daemon',
        ['--foreground', '--unlock', '--components=secrets'],
        'opens the key ring',
      )
      await body(session)
    })
  try {
    await withKeyStore(async (session) => {
      await withApp(session, workspace, args, async ({ window }) => {
        await command(window, 'mail.save', { ...server.settings, user: 'shop', password: 'open sesame', isPasswordKept: true })
        expect(await command(window, 'mail.get', {})).toMatchObject({ password: 'kept', cannotStoreReason: null })
      })
      const sealed = Buffer.from(sealedPassword(workspace), 'base64').toString('latin1')
      // Chromium's prefix for a key from a key store. `v10` stands for its well-known built-in password.
      expect(sealed.slice(0, 3)).toBe('v11')
      expect(sealed).not.toContain('open sesame')

      await withApp(session, workspace, args, async ({ window }) => {
        expect(await command(window, 'mail.get', {})).toMatchObject({ password: 'kept' })
        await window.getByRole('banner').getByRole('button', { name: 'Settings', exact: true }).click()
        const form = window.getByRole('form', { name: 'Mail server' })
        await form.getByLabel('Test address').fill('me@gardens.example')
        await form.getByRole('button', { name: 'Send Test Email' }).click()
        // The server accepts mail only with the right password.
        await expect(form.getByRole('status')).toContainText('It answered: 250')
        expect(server.emails).toHaveLength(1)
      })
    })
    await withKeyStore(async (session) => {
      await withApp(session, workspace, args, async ({ window }) => {
        expect(await command(window, 'mail.get', {})).toMatchObject({ password: 'missing', cannotStoreReason: null })
      })
    })
    await withSession(async (session) => {
      await withApp(session, workspace, ['--password-store=basic'], async ({ window }) => {
        // Without a key store, anyone could read what Electron "encrypts".
        expect((await command(window, 'mail.get', {})).cannotStoreReason).toContain('no key store')
      })
    })
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

function sealedPassword(workspace: string): string {
  const sqlite = new SqliteDatabase(join(workspace, 'ledgerdrop.db'), { readonly: true })
  try {
    const { value } = sqlite.prepare("select value from setting where name = 'mail'").get() as { value: string }
    return (JSON.parse(value) as { sealedPassword: string }).sealedPassword
  } finally {
    sqlite.close()
  }
}
