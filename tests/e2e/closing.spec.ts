import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { TestHooks } from '../../src-main/shell/test-hooks'
import { waitForEngine } from './launch'
import { answerDialogs, closeWindow, windowState, withApp } from './window-steps'

test('without a tray, closing the window asks whether to quit and never hides the window', async () => {
  const env = { DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined }
  await withApp({ env }, async (launched) => {
    await launched.app.evaluate(({ BrowserWindow }) => {
      const calls: string[] = []
      const [window] = BrowserWindow.getAllWindows()
      // A virtual display has no window manager that could minimise the window.
      if (window !== undefined) window.minimize = () => void calls.push('minimize')
      Object.assign(globalThis, { minimizeCalls: calls })
    })
    const dialogs = await answerDialogs(launched, 'Keep Open')
    await closeWindow(launched)
    await expect
      .poll(() => launched.app.evaluate(() => (globalThis as unknown as { minimizeCalls: string[] }).minimizeCalls))
      .toEqual(['minimize'])
    expect(await dialogs()).toEqual(['Quit Ledgerdrop?'])
    expect(await windowState(launched)).toMatchObject({ isVisible: true })

    await answerDialogs(launched, 'Quit')
    const exited = new Promise((resolve) => launched.app.process().once('exit', resolve))
    await closeWindow(launched)
    expect(await exited).toBe(0)
  })
})

/**
 * Runs `body` on a desktop with a fake panel. `items` is the panel's list of icons, in the format that `gdbus` prints.
 */
async function withPanel(items: string, body: (env: Record<string, string>) => Promise<void>): Promise<void> {
  test.skip(process.platform !== 'linux', 'other systems always have a tray')
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-tray-'))
  try {
    // gdbus's parent process is the program itself, which owns the icon.
    const answers = [
      '*IsStatusNotifierHostRegistered*) echo "(<true>,)"',
      `*Registered*) echo "${items}"`,
      '*ProcessID*) echo "(uint32 $PPID,)"',
    ]
    writeFileSync(join(folder, 'gdbus'), `#!/bin/sh\ncase "$*" in\n${answers.map((answer) => `${answer} ;;\n`).join('')}esac\n`)
    chmodSync(join(folder, 'gdbus'), 0o755)
    await body({ PATH: `${folder}${delimiter}${process.env.PATH}`, DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/no-bus` })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const BY_PATH = "(<[':1.7/org/chromium/StatusNotifierItem/1']>,)"
const BY_NAME = "(<['org.freedesktop.StatusNotifierItem-$PPID-1']>,)"

for (const [way, items] of [
  ['a path', BY_PATH],
  ['a name (Chromium 154 and later)', BY_NAME],
] as const) {
  test(`with an icon registered by ${way}, closing the window hides it, explains this the first time, and syncing continues`, async () => {
    await withPanel(items, async (env) => {
      await withApp({ env }, async (launched) => {
        const dialogs = await answerDialogs(launched, 'OK')
        await launched.app.evaluate(({ Notification }) => {
          Notification.isSupported = () => false
        })
        for (const _attempt of [1, 2]) {
          await closeWindow(launched)
          await expect.poll(() => windowState(launched)).toMatchObject({ isVisible: false })
          expect(await dialogs()).toEqual(['Ledgerdrop keeps syncing'])
          await launched.app.evaluate(() => (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest.window.show())
          await expect.poll(() => windowState(launched)).toMatchObject({ isVisible: true })
        }
        await waitForEngine(launched.window)
      })
    })
  })
}

test('if the panel has refused the icon, closing the window asks whether to quit and never hides the window', async () => {
  await withPanel('(<@as []>,)', async (env) => {
    await withApp({ env }, async (launched) => {
      const dialogs = await answerDialogs(launched, 'Keep Open')
      await closeWindow(launched)
      await expect.poll(dialogs).toEqual(['Quit Ledgerdrop?'])
      expect(await windowState(launched)).toMatchObject({ isVisible: true })
    })
  })
})

test('if the panel has refused the icon, starting in the tray shows the window', async () => {
  await withPanel('(<@as []>,)', async (env) => {
    await withApp({ env, args: ['--hidden'] }, async (launched) => {
      await expect.poll(() => windowState(launched)).toMatchObject({ isVisible: true })
    })
  })
})

test('if the system refuses a notification, a message box shows its text', async () => {
  await withPanel(BY_PATH, async (env) => {
    await withApp({ env }, async (launched) => {
      const dialogs = await answerDialogs(launched, 'OK')
      // This is how macOS refuses notifications if the program isn't signed.
      await launched.app.evaluate(({ Notification }) => {
        Notification.isSupported = () => true
        Notification.prototype.show = function () {
          setImmediate(() => this.emit('failed', {}, 'Notifications are not allowed for this application'))
        }
      })
      await closeWindow(launched)
      await expect.poll(dialogs).toEqual(['Ledgerdrop keeps syncing'])
    })
  })
})
