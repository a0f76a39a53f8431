import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from '@playwright/test'
import { build } from 'vite'
import type { WebRequest } from '../../src-shared/web-request'
import { AnsweringServer } from '../support/answering-server'
import { LoggingProxy } from '../support/logging-proxy'
import { type ReadWebAnswer, requestOf, WEB_CLIENT_CASES } from '../support/web-client-cases'
import { chromiumArguments, electronExecutable, programEnvironment, projectFolder } from './launch'

let folder: string
let program: ChildProcessWithoutNullStreams
let lines: AsyncIterator<string>
let server: AnsweringServer

/** Starts Electron with the shell's web client and nothing else. */
function startProgram(args: readonly string[] = []): void {
  const options = { cwd: folder, env: programEnvironment({ NODE_OPTIONS: undefined }) }
  const all = [...chromiumArguments(), `--user-data-dir=${join(folder, 'user-data')}`, ...args, join(folder, 'web-client-program.mjs')]
  program = spawn(electronExecutable(), all, options)
  lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]()
}

async function stopProgram(): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return
  const ended = new Promise((resolve) => program.once('exit', resolve))
  program.kill('SIGKILL')
  await ended
}

const send = (request: WebRequest) => void program.stdin.write(`${JSON.stringify(request)}\n`)

/** The next answer. Other lines are Electron's own. */
async function nextAnswer(): Promise<ReadWebAnswer> {
  for (;;) {
    const { value, done } = await lines.next()
    if (done === true) throw new Error('Electron has ended')
    if (value.startsWith('answer ')) return JSON.parse(value.slice('answer '.length)) as ReadWebAnswer
  }
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-web-'))
  await build({
    configFile: false,
    root: projectFolder,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20.18',
      rollupOptions: {
        input: [join(projectFolder, 'tests/support/web-client-program.ts')],
        output: { entryFileNames: '[name].mjs' },
      },
    },
  })
  startProgram()
})

test.afterAll(async () => {
  await stopProgram()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

test.beforeEach(async () => {
  server = await AnsweringServer.start()
})

test.afterEach(() => server.stop())

for (const one of WEB_CLIENT_CASES) {
  test(`the shell's client ${one.name}`, async () => {
    send(requestOf(server.origin, one))
    if (one.isAborted === true) {
      await expect.poll(() => server.requests.length).toBe(1)
      program.stdin.write('abort\n')
    }
    expect(await nextAnswer()).toMatchObject(one.answer)
    if (one.received !== undefined) expect(server.requests).toMatchObject([one.received])
    for (const { headers } of server.requests) expect(headers).not.toHaveProperty('cookie')
    if (one.isHungUp === true) await expect.poll(() => server.hangUps).toBe(1)
  })
}

test('the shell’s client keeps no cookies and no answers', async () => {
  for (let round = 0; round < 2; round++) {
    send(requestOf(server.origin, { name: '', path: '/cookie', answer: {} }))
    expect(await nextAnswer()).toMatchObject({ kind: 'answered' })
  }
  expect(server.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined])
})

test('the shell’s client refuses a certificate that the system does not trust, before it sends anything', async () => {
  const secure = await AnsweringServer.start({ isSecure: true })
  try {
    send(requestOf(secure.origin, { name: '', path: '/', answer: {} }))
    expect(await nextAnswer()).toMatchObject({ kind: 'unreachable', reason: expect.stringMatching(/CERT/) })
    expect(secure.requests).toEqual([])
  } finally {
    await secure.stop()
  }
})

test('the shell’s client goes through the proxy of the system', async () => {
  const proxy = await LoggingProxy.start()
  await stopProgram()
  startProgram([`--proxy-server=${proxy.address}`, '--proxy-bypass-list=<-loopback>'])
  try {
    send(requestOf('https://shop.example', { name: '', path: '/', answer: {} }))
    expect(await nextAnswer()).toMatchObject({ kind: 'unreachable' })
    // Chromium itself may make requests too, e.g. for a spelling dictionary.
    expect(proxy.tunnels).toContain('shop.example:443')
  } finally {
    await proxy.stop()
    await stopProgram()
    startProgram()
  }
})
