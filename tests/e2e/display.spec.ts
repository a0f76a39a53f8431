import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { windowState, withApp } from './window-steps'

test('a window whose first frame is never reported is shown when its page has loaded', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-frame-'))
  try {
    // Wayland never reports a frame of a hidden window.
    const hook = join(folder, 'no-first-frame.cjs')
    const dropEvent = `window.emit = (name, ...rest) => name !== 'ready-to-show' && emit.call(window, name, ...rest)`
    writeFileSync(
      hook,
      `require('electron').app.on('browser-window-created', (_event, window) => { const { emit } = window; ${dropEvent} })\n`,
    )
    await withApp({ preload: hook }, async (launched) => {
      await expect.poll(() => windowState(launched)).toMatchObject({ isVisible: true })
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('on Linux, only GTK 3 is loaded', async () => {
  test.skip(process.platform !== 'linux', 'GTK is on Linux only')
  await withApp({}, async ({ app }) => {
    const maps = readFileSync(`/proc/${app.process().pid}/maps`, 'utf8')
    expect([...new Set(maps.match(/libgtk-\d/g))]).toEqual(['libgtk-3'])
    expect(await app.evaluate((electron) => electron.app.commandLine.getSwitchValue('gtk-version'))).toBe('3')
  })
})
