import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
// @ts-expect-error a script without types
import { registryElectron } from '../../scripts/electron-fallback/registry-electron.mjs'
import { type LaunchedApp, launchApp, projectFolder } from './launch'

/**
 * Electron's security checklist (electronjs.org/docs/latest/tutorial/security), item by item, with its numbers and
 * titles. shell.spec.ts tests the details of what pages may do; packaged.spec.ts reads the fuses (19) of the packaged
 * program.
 */
let launched: LaunchedApp

test.beforeAll(async () => {
  launched = await launchApp()
})

test.afterAll(async () => {
  await launched?.close()
})

const preferences = () =>
  launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const contents = window.webContents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      return contents.getLastWebPreferences()
    }),
  )

/** Checks the web preferences of every window. */
async function expectPreferences(expected: Record<string, unknown>): Promise<void> {
  const windows = await preferences()
  expect(windows).toHaveLength(1)
  for (const window of windows) expect(window).toMatchObject(expected)
}

test('1. Only load secure content: every page and file comes from the program, none from the network', async () => {
  const { window } = launched
  expect(await window.evaluate(() => globalThis.isSecureContext)).toBe(true)
  const loaded = await window.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).protocol))
  expect(new Set([new URL(window.url()).protocol, ...loaded])).toEqual(new Set(['app:']))
  const requestCount = await launched.app.evaluate(async ({ BrowserWindow }) => {
    const { createServer } = process.getBuiltinModule('node:http')
    let requests = 0
    const server = createServer((_request, response) => {
      requests += 1
      response.setHeader('Access-Control-Allow-Origin', '*')
      response.end('insecure')
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as { port: number }
    await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      `Promise.allSettled([fetch('http://127.0.0.1:${port}/'), new Promise((done) => { const image = new Image(); image.onload = image.onerror = done; image.src = 'http://127.0.0.1:${port}/a.png' })])`,
    )
    server.close()
    return requests
  })
  expect(requestCount).toBe(0)
})

test('2. Do not enable Node.js integration', async () => {
  await expectPreferences({ nodeIntegration: false })
  expect(await launched.window.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in window))).toEqual([])
})

test("3. Enable context isolation: the page cannot change the preload's objects", async () => {
  await expectPreferences({ contextIsolation: true })
  const outcome = await launched.window.evaluate(() => {
    const { includes } = Array.prototype
    Array.prototype.includes = () => true
    try {
      window.ledgerdrop?.on('no such event' as 'orders.changed', () => {})
      return 'the preload uses objects that the page changed'
    } catch (error) {
      return (error as Error).message
    } finally {
      Array.prototype.includes = includes
    }
  })
  expect(outcome).toContain('Unknown event')
})

test('4. Enable process sandboxing', async () => {
  await expectPreferences({ sandbox: true })
})

test('5. Handle session permission requests: all are denied except writing to the clipboard', async () => {
  const permissions = [
    'geolocation',
    'notifications',
    'camera',
    'microphone',
    'midi',
    'clipboard-read',
    'persistent-storage',
    'screen-wake-lock',
  ]
  const states = await launched.window.evaluate(
    (names) =>
      Promise.all(
        names.map((name) =>
          navigator.permissions.query({ name: name as PermissionName }).then(
            ({ state }) => state,
            () => 'denied',
          ),
        ),
      ),
    permissions,
  )
  expect(new Set(states)).toEqual(new Set(['denied']))
})

test('6. Do not disable webSecurity', () => expectPreferences({ webSecurity: true }))

test('7. Define a Content Security Policy: it allows nothing from other origins', async () => {
  const policy = await launched.window.evaluate(async () => (await fetch('/index.html')).headers.get('content-security-policy') ?? '')
  const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]))
  expect(rules.get('default-src')).toBe("'none'")
  expect(rules.get('script-src')).toBe("'self'")
  expect(rules.get('connect-src')).toBe("'self'")
  expect(rules.get('object-src')).toBe("'none'")
  expect(rules.get('frame-ancestors')).toBe("'none'")
  expect(policy).not.toMatch(/unsafe-eval|\*|https?:/)
})

test('8. Do not enable allowRunningInsecureContent', () => expectPreferences({ allowRunningInsecureContent: false }))

test('9. Do not enable experimental features', async () => {
  for (const window of await preferences()) expect(window.experimentalFeatures ?? false).toBe(false)
})

test('10. Do not use enableBlinkFeatures', async () => {
  for (const window of await preferences()) expect(window.enableBlinkFeatures ?? '').toBe('')
  const switches = await launched.app.evaluate(({ app }) =>
    ['enable-blink-features', 'enable-experimental-web-platform-features', 'disable-web-security', 'ignore-certificate-errors'].filter(
      (name) => app.commandLine.hasSwitch(name),
    ),
  )
  expect(switches).toEqual([])
})

test('11. and 12. Verify WebView options: webviews are off, and attaching one is prevented', async () => {
  await expectPreferences({ webviewTag: false })
  const isPrevented = await launched.app.evaluate(({ BrowserWindow }) => {
    let wasPrevented = false
    const event = { preventDefault: () => (wasPrevented = true) }
    BrowserWindow.getAllWindows()[0]?.webContents.emit('will-attach-webview', event, {}, {})
    return wasPrevented
  })
  expect(isPrevented).toBe(true)
})

test('13. Limit navigation: the window stays on its page', async () => {
  const before = launched.window.url()
  for (const address of ['https://example.com/', 'app://evil/', 'data:text/html,x', 'file:///etc/passwd']) {
    const isPrevented = await launched.app.evaluate(({ BrowserWindow }, url) => {
      let wasPrevented = false
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
        wasPrevented = false
        contents?.emit(name as 'will-navigate', { url, preventDefault: () => (wasPrevented = true) } as never)
        if (!wasPrevented) return false
      }
      return wasPrevented
    }, address)
    expect(isPrevented, address).toBe(true)
  }
  expect(launched.window.url()).toBe(before)
})

test('14. and 15. Limit new windows and openExternal: a page can open neither a window nor another program', async () => {
  await launched.app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedOutside: opened })
    shell.openExternal = async (address) => void opened.push(address)
  })
  const isOpened = await launched.window.evaluate(() => {
    const addresses = [
      'https://example.com/',
      'http://example.com/',
      'file:///bin/sh',
      'smb://evil/x',
      'ms-msdt:/id',
      'mailto:a@b.example',
      'app://x/',
    ]
    return addresses.some((address) => window.open(address) !== null)
  })
  expect(isOpened).toBe(false)
  expect(launched.app.windows()).toHaveLength(1)
  expect(await launched.app.evaluate(() => (globalThis as unknown as { openedOutside: string[] }).openedOutside)).toEqual([])
})

test('16. Use a current version of Electron: the running version is the one in package.json', async () => {
  const { devDependencies } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  const released = devDependencies.electron ?? ''
  const running = (await launched.app.evaluate(() => process.versions.electron)) ?? ''
  if (running === registryElectron.version) {
    const reason = `Security 16 was not checked: this is the fallback runtime, Electron ${running}, not the release runtime, Electron ${released}.`
    console.warn(reason)
    test.skip(true, reason)
  }
  expect(running).toBe(released)
  expect(Number(running.split('.')[0])).toBeGreaterThanOrEqual(45)
})

test('17. Validate the sender of all IPC messages: no channel answers a foreign window', async () => {
  const answers = await launched.app.evaluate(
    async ({ BrowserWindow }, preload) => {
      const foreignWindow = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } })
      try {
        await foreignWindow.loadURL('data:text/html,foreign')
        const names = (await foreignWindow.webContents.executeJavaScript('Object.keys(window.ledgerdrop)')) as string[]
        const callable = names.filter((name) => !name.startsWith('on'))
        const answers: [string, unknown][] = []
        for (const name of callable) {
          const call = `Promise.race([window.ledgerdrop.${name}('app.about', {}), new Promise((done) => setTimeout(() => done('silence'), 20_000))])`
          answers.push([name, await foreignWindow.webContents.executeJavaScript(call)])
        }
        return answers
      } finally {
        foreignWindow.destroy()
      }
    },
    join(projectFolder, 'out', 'preload', 'preload.cjs'),
  )
  expect(answers.length).toBeGreaterThan(4)
  for (const [name, answer] of answers) {
    const isRefused = answer === null || answer === undefined || (answer as { error?: { code?: string } }).error?.code === 'sender-refused'
    expect([name, isRefused]).toEqual([name, true])
  }
})

/** Returns each channel's answer to a message from the given frame of the program's own window. */
function answersTo(frame: 'the main frame' | 'a frame inside it', prefix: string): Promise<[string, unknown][]> {
  return launched.app.evaluate(
    async ({ BrowserWindow, ipcMain }, options) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents === undefined) throw new Error('There is no window')
      const { origin, url } = contents.mainFrame
      const senderFrame = options.frame === 'the main frame' ? contents.mainFrame : { origin, url, parent: contents.mainFrame }
      // An inner frame has no preload and can't send messages. If it ever gets one, the handlers themselves must refuse
      // it.
      type Handler = (event: unknown, ...input: unknown[]) => unknown
      const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
      const answers: [string, unknown][] = []
      for (const [channel, handle] of handlers) {
        if (!channel.startsWith(options.prefix)) continue
        const limit = new Promise((done) => setTimeout(() => done('silence'), 2000))
        answers.push([channel, await Promise.race([handle({ sender: contents, senderFrame }, 'app.about', {}), limit])])
      }
      return answers
    },
    { frame, prefix },
  )
}

const isRefusal = (answer: unknown) =>
  answer === null || answer === undefined || (answer as { error?: { code?: string } }).error?.code === 'sender-refused'

test('17. Validate the sender of all IPC messages: a frame inside our own page is refused', async () => {
  expect(await answersTo('the main frame', 'ledgerdrop:invoke')).toEqual([['ledgerdrop:invoke', expect.objectContaining({ ok: true })]])
  const inside = await answersTo('a frame inside it', 'ledgerdrop:')
  expect(inside.length).toBeGreaterThan(4)
  for (const [channel, answer] of inside) expect([channel, isRefusal(answer)]).toEqual([channel, true])
})

test('17. Validate the sender of all IPC messages: our own window is refused while it shows a foreign page', async () => {
  const ask = () => launched.window.evaluate(() => window.ledgerdrop?.invoke('app.about', {}))
  expect(await ask()).toMatchObject({ ok: true })
  const own = launched.window.url()
  const load = async (url: string) => {
    await launched.app.evaluate(({ BrowserWindow }, address) => BrowserWindow.getAllWindows()[0]?.loadURL(address), url)
    // The test runner notices the new page through its own connection, perhaps later.
    await launched.window.waitForURL(url)
  }
  await load('data:text/html,foreign')
  const answer = await ask()
  await load(own)
  expect(isRefusal(answer)).toBe(true)
  expect(answer).toMatchObject({ error: { code: 'sender-refused' } })
})

test('18. Avoid usage of the file:// protocol: pages use our own protocol', async () => {
  expect(new URL(launched.window.url()).protocol).toBe('app:')
  const canRead = await launched.window.evaluate(
    (file) =>
      fetch(file).then(
        () => true,
        () => false,
      ),
    `file://${join(projectFolder, 'package.json')}`,
  )
  expect(canRead).toBe(false)
})

test('20. Do not expose Electron APIs: the bridge has only our own functions, and passes no event object', async () => {
  const kinds = await launched.window.evaluate(() => Object.values(window.ledgerdrop ?? {}).map((value) => typeof value))
  expect(new Set(kinds)).toEqual(new Set(['function']))
  await launched.window.evaluate(() => {
    window.ledgerdrop?.onNavigate((...args: unknown[]) => Object.assign(window, { argTypes: args.map((arg) => typeof arg) }))
  })
  await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.send('ledgerdrop:navigate', '/orders'))
  await expect.poll(() => launched.window.evaluate(() => (window as unknown as { argTypes?: string[] }).argTypes)).toEqual(['string'])
})
