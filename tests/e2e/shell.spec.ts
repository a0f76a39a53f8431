import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import SqliteDatabase from 'better-sqlite3'
import type { TestHooks } from '../../src-main/shell/test-hooks'
import {
  electronExecutable,
  type LaunchedApp,
  launchApp,
  programArguments,
  programEnvironment,
  projectFolder,
  waitForEngine,
} from './launch'
import { windowState, withApp } from './window-steps'

test.describe('a page can do only what its screens need', () => {
  let launched: LaunchedApp

  test.beforeAll(async () => {
    launched = await launchApp()
  })

  test.afterAll(async () => {
    await launched?.close()
  })

  test('it is loaded from the program, in a window called Ledgerdrop', async () => {
    expect(launched.window.url()).toMatch(/^app:\/\/ledgerdrop\//)
    expect(await windowState(launched)).toEqual({ isVisible: true, isMinimized: false, title: 'Ledgerdrop' })
  })

  test('an unpackaged program does not offer to start at sign-in, and says why', async () => {
    const page = launched.window
    await page.getByRole('banner').getByRole('button', { name: 'Settings', exact: true }).click()
    const box = page.getByLabel('Start Ledgerdrop when I sign in to this computer')
    await expect(box).toBeDisabled()
    await expect(page.getByText('Only the installed program can start at login.')).toBeVisible()
    const refusal = await page.evaluate(() => window.ledgerdrop?.sessionStart(true))
    expect(refusal).toMatchObject({ ok: false, error: { code: 'session-start-not-offered' } })
  })

  test('it has the bridge, but no API of Node or Electron', async () => {
    const found = await launched.window.evaluate(() => ({
      bridge: Object.keys(window.ledgerdrop ?? {}).sort(),
      node: ['require', 'process', 'module', 'exports', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
    }))
    expect(found).toEqual({
      bridge: [
        'chooseFolder',
        'exportOrders',
        'invoke',
        'on',
        'onNavigate',
        'openFolder',
        'openStorePage',
        'openText',
        'openUpdatePage',
        'prepareMail',
        'printPage',
        'saveText',
        'sessionStart',
        'setUnsaved',
        'showSupportFile',
      ],
      node: [],
    })
  })

  test('its window has a sandbox and context isolation', async () => {
    const preferences = await launched.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      return contents.getLastWebPreferences()
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
    })
  })

  test("it runs only scripts from the program's files", async () => {
    const ran = await launched.window.evaluate(async () => {
      const violations: string[] = []
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
      const script = document.createElement('script')
      script.textContent = 'window.inlineRan = true'
      document.body.append(script)
      const holder = document.createElement('div')
      holder.innerHTML = '<img src="data:," onerror="window.handlerRan = true">'
      document.body.append(holder)
      // Evaluate later, outside the test's own debugger call, which may bypass the policy.
      const evaluated = await new Promise((resolve) =>
        setTimeout(() => {
          try {
            // biome-ignore lint/security/noGlobalEval: this test checks that eval is blocked
            resolve(window.eval('1 + 1'))
          } catch (error) {
            resolve((error as Error).name)
          }
        }, 50),
      )
      // The browser reports a violation with a short delay.
      for (let attempt = 0; attempt < 1000 && !violations.includes('script-src-attr'); attempt += 1)
        await new Promise((next) => setTimeout(next, 20))
      script.remove()
      holder.remove()
      return { inline: 'inlineRan' in window, handler: 'handlerRan' in window, evaluated, violations }
    })
    expect(ran).toMatchObject({ inline: false, handler: false, evaluated: 'EvalError' })
    expect(ran.violations).toEqual(expect.arrayContaining(['script-src-elem', 'script-src-attr']))
  })

  for (const address of [
    'https://example.com/',
    'file:///etc/passwd',
    'data:text/html,x',
    'app://evil/',
    'javascript:void(window.gone = 1)',
  ]) {
    test(`it cannot navigate to ${address}`, async () => {
      const before = launched.window.url()
      await launched.window.evaluate((to) => {
        const link = document.createElement('a')
        link.href = to
        document.body.append(link)
        link.click()
        link.remove()
      }, address)
      await waitForEngine(launched.window)
      expect(launched.window.url()).toBe(before)
      expect(await launched.window.evaluate(() => 'gone' in window)).toBe(false)
    })

    test(`it cannot open a window for ${address}`, async () => {
      const isOpened = await launched.window.evaluate((to) => window.open(to) !== null, address)
      expect(isOpened).toBe(false)
      expect(launched.app.windows()).toHaveLength(1)
    })
  }

  test('it cannot embed a page', async () => {
    const isReadable = await launched.window.evaluate(async () => {
      const frame = document.createElement('iframe')
      frame.src = 'app://ledgerdrop/index.html'
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
      document.body.append(frame)
      await loaded
      const hasRoot = (frame.contentDocument?.getElementById('root') ?? null) !== null
      frame.remove()
      return hasRoot
    })
    expect(isReadable).toBe(false)
  })

  test('it gets no system permission', async () => {
    const answers = await launched.window.evaluate(async () => {
      const tryTo = async (ask: () => Promise<unknown>) => ask().then(String, (error: Error) => `refused: ${error.name}`)
      return {
        notifications: await Notification.requestPermission(),
        geolocation: (await navigator.permissions.query({ name: 'geolocation' })).state,
        camera: await tryTo(() => navigator.mediaDevices.getUserMedia({ video: true })),
        screen: await tryTo(() => navigator.mediaDevices.getDisplayMedia()),
        clipboard: await tryTo(() => navigator.clipboard.readText()),
        midi: await tryTo(() => navigator.requestMIDIAccess()),
      }
    })
    expect(answers).toEqual({
      notifications: 'denied',
      geolocation: 'denied',
      camera: expect.stringMatching(/^refused/),
      screen: expect.stringMatching(/^refused/),
      clipboard: expect.stringMatching(/^refused/),
      midi: expect.stringMatching(/^refused/),
    })
  })

  test('it can copy text to the clipboard', async () => {
    await launched.window.bringToFront()
    const state = await launched.window.evaluate(async () => {
      const name = 'clipboard-write' as PermissionName
      return (await navigator.permissions.query({ name })).state
    })
    expect(state).toBe('granted')
  })

  test('it cannot reach any other address', async () => {
    const answers = await launched.window.evaluate(async () => {
      const tryToReach = async (address: string) =>
        fetch(address).then(
          () => 'reached',
          () => 'refused',
        )
      return Promise.all(['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'data:text/plain,x'].map(tryToReach))
    })
    expect(answers).toEqual(['refused', 'refused', 'refused', 'refused'])
  })

  for (const path of [
    '../../package.json',
    '%2e%2e/%2e%2e/package.json',
    '..%2f..%2fpackage.json',
    '..%5c..%5cpackage.json',
    '%252e%252e%252fpackage.json',
    '/etc/passwd',
    'main/main.js',
    'index.html%00',
    '.env',
    'index.html/',
  ]) {
    test(`app://ledgerdrop/${path} is not found`, async () => {
      const address = `app://ledgerdrop/${path}`
      const [inPage, inProgram] = await Promise.all([
        launched.window.evaluate(async (url) => (await fetch(url)).status, address),
        launched.app.evaluate(async ({ session }, url) => (await session.defaultSession.fetch(url)).status, address),
      ])
      expect([inPage, inProgram]).toEqual([404, 404])
    })
  }

  test('every file has the security headers', async () => {
    const headers = await launched.window.evaluate(async () => Object.fromEntries((await fetch('/index.html')).headers))
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';")
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  })

  test('it can only open folders that the engine knows', async () => {
    const codes = await launched.window.evaluate(async () => {
      const folders: unknown[] = ['/etc', '/etc/passwd', '', '..', 'C:\\', 'file:///etc', null, 7, {}, '/'.repeat(5000)]
      const answers = await Promise.all(folders.map((folder) => window.ledgerdrop?.openFolder(folder as string)))
      return answers.map((answer) => (answer?.ok === false ? answer.error.code : answer))
    })
    expect(new Set(codes)).toEqual(new Set(['folder-not-known']))
  })

  test('it cannot open an update page of its own choice', async () => {
    const answer = await launched.window.evaluate(() =>
      (window.ledgerdrop as unknown as { openUpdatePage(address: string): Promise<unknown> }).openUpdatePage('https://evil.example/'),
    )
    expect(answer).toMatchObject({ ok: false, error: { code: 'update-page-gone' } })
  })

  test('an unknown command returns an error, never undefined', async () => {
    const answers = await launched.window.evaluate(async () => {
      const names: unknown[] = ['no.suchCommand', '__proto__', 'constructor', '', 'x'.repeat(200), 7, null, { name: 'app.about' }]
      return Promise.all(names.map((name) => window.ledgerdrop?.invoke(name as 'app.about', {})))
    })
    for (const answer of answers)
      expect(answer).toMatchObject({ ok: false, error: { code: expect.any(String), message: expect.any(String) } })
  })

  test('it cannot subscribe to an unknown event', async () => {
    const thrown = await launched.window.evaluate(() => {
      try {
        window.ledgerdrop?.on('ledgerdrop:navigate' as 'orders.changed', () => {})
        return 'listened'
      } catch (error) {
        return (error as Error).message
      }
    })
    expect(thrown).toContain('Unknown event')
  })

  test('a foreign page is refused even if it has the bridge', async () => {
    const answer = await launched.app.evaluate(
      async ({ BrowserWindow }, preload) => {
        const foreignWindow = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } })
        try {
          await foreignWindow.loadURL('data:text/html,foreign')
          return await foreignWindow.webContents.executeJavaScript(`window.ledgerdrop.invoke('app.about', {})`)
        } finally {
          foreignWindow.destroy()
        }
      },
      join(projectFolder, 'out', 'preload', 'preload.cjs'),
    )
    expect(answer).toMatchObject({ ok: false, error: { code: 'sender-refused' } })
  })
})

test('a second start on the same workspace shows the first window and exits', async () => {
  await withApp({}, async (launched) => {
    await expect.poll(() => windowState(launched)).toMatchObject({ isVisible: true })
    await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
    await expect.poll(() => windowState(launched)).toMatchObject({ isVisible: false })
    const second = spawn(electronExecutable(), programArguments(launched.workspace, launched.userData), {
      cwd: projectFolder,
      env: programEnvironment(),
      stdio: 'ignore',
    })
    const exitCode = await new Promise((resolve) => second.once('exit', resolve))
    expect(exitCode).toBe(0)
    await expect.poll(() => windowState(launched)).toMatchObject({ isVisible: true })
    await waitForEngine(launched.window)
  })
})

test('the tray offers Sync Now, Open Ledgerdrop, Pause and Quit, and they work', async () => {
  await withApp({ args: ['--no-samples'] }, async ({ app, window: page }) => {
    const click = (label: string) =>
      app.evaluate((_electron, wanted) => {
        const { tray } = (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest
        const item = tray.menu.find((entry) => entry.label === wanted)
        if (item?.enabled !== false) (item?.click as (() => void) | undefined)?.()
        return tray.menu.map((entry) => entry.label ?? '')
      }, label)
    const tray = () => app.evaluate(() => (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest.tray.state)
    await expect.poll(async () => (await tray()).canSync).toBe(true)
    expect(await click('Pause until I Resume')).toEqual(
      expect.arrayContaining(['Sync Now', 'Open Ledgerdrop', 'Pause until I Resume', 'Quit']),
    )
    await expect.poll(async () => (await tray()).isPaused).toBe(true)
    await expect.poll(async () => (await tray()).icon).toBe('paused')
    await click('Resume Automatic Sync')
    await expect.poll(async () => (await tray()).isPaused).toBe(false)
    const before = await page.evaluate(() => window.ledgerdrop?.invoke('sync.history', { limit: 1 }))
    await expect
      .poll(async () => {
        await click('Sync Now')
        const after = await page.evaluate(() => window.ledgerdrop?.invoke('sync.history', { limit: 1 }))
        return after?.ok === true && JSON.stringify(after) !== JSON.stringify(before)
      })
      .toBe(true)
    const exited = new Promise((resolve) => app.process().once('exit', resolve))
    await click('Quit')
    expect(await exited).toBe(0)
  })
})

test('if the engine thread dies, the window says so and the engine is restarted', async () => {
  await withApp({}, async ({ app, window: page }) => {
    const receivedTitles: string[] = []
    await page.exposeFunction('receive', (titles: string) => void receivedTitles.push(titles))
    await page.evaluate(() => {
      const { receive } = window as unknown as { receive(titles: string): void }
      window.ledgerdrop?.on('problems.changed', (event) => receive(event.problems.map(({ title }) => title).join()))
      Object.assign(window, { isListening: true })
    })
    await app.evaluate(async () => {
      await (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest.engine.worker?.terminate()
    })
    await expect.poll(() => receivedTitles.some((titles) => titles.includes('Sync has stopped'))).toBe(true)
    // During a long restart, the page shows that the engine has stopped. It is reloaded later and doesn't answer until
    // then.
    const evaluate = <Value>(work: () => Value) => page.evaluate(work).catch(() => undefined)
    await expect.poll(async () => (await evaluate(() => window.ledgerdrop?.invoke('sync.status', {})))?.ok).toBe(true)
    await expect
      .poll(
        async () =>
          (await evaluate(() => 'isListening' in window)) === false || receivedTitles.at(-1)?.includes('Sync has stopped') === false,
      )
      .toBe(true)
    await expect(page.getByText('Sync has stopped')).toHaveCount(0)
  })
})

test('if a workspace cannot be opened, the window explains why', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-foreign-'))
  try {
    mkdirSync(join(folder, 'pictures'))
    writeFileSync(join(folder, 'letter.txt'), 'not a workspace')
    await withApp({ workspace: folder, isEngineOptional: true }, async (launched) => {
      const answer = await launched.window.evaluate(() => window.ledgerdrop?.invoke('app.about', {}))
      expect(answer).toMatchObject({ ok: false, error: { code: 'workspace-foreign' } })
      await expect(launched.window.locator('body')).toContainText(folder)
      await expect(launched.window.locator('body')).not.toContainText(/\bat .*\.js:\d+/)
      expect(await windowState(launched)).toMatchObject({ isVisible: true })
      // At the end of this test, quitting must also work without an engine thread.
      await expect
        .poll(() => launched.app.evaluate(() => (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest.engine.worker))
        .toBeNull()
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('if opening a workspace takes a long time, the window says so until it is open', async () => {
  const workspace = join(mkdtempSync(join(tmpdir(), 'ledgerdrop-slow-')), 'workspace')
  try {
    await withApp({ workspace }, async () => {})
    const sqlite = new SqliteDatabase(join(workspace, 'ledgerdrop.db'))
    sqlite.pragma('locking_mode = exclusive')
    sqlite.exec('begin exclusive')
    try {
      await withApp({ workspace, isEngineOptional: true }, async ({ window }) => {
        await expect(window.getByRole('status')).toContainText('Opening the workspace')
        sqlite.close()
        await expect(window.getByRole('heading', { name: 'View Orders' })).toBeVisible()
      })
    } finally {
      sqlite.close()
    }
  } finally {
    rmSync(join(workspace, '..'), { recursive: true, force: true })
  }
})

test('the window reopens at its previous position', async () => {
  const userData = mkdtempSync(join(tmpdir(), 'ledgerdrop-bounds-'))
  try {
    const bounds = { x: 40, y: 60, width: 1000, height: 700 }
    await withApp({ userData }, ({ app }) =>
      app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds),
    )
    await withApp({ userData }, async ({ app }) => {
      expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(bounds)
    })
  } finally {
    rmSync(userData, { recursive: true, force: true })
  }
})
