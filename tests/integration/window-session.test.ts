import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { type EngineEvent, EngineThread } from '../../src-main/engine-thread/engine-thread'
import { startEngineWorker } from '../../src-main/engine-thread/start-engine-worker'
import type { EngineStart } from '../../src-shared/contract/contract'
import { temporaryFolder } from '../support/temporary-folder'
import { tsBundle } from '../support/ts-child'

const bundle = tsBundle('src-main/engine-thread/engine-worker.ts')
const log = { info: () => {}, error: () => {} }

test('the engine thread checks the window’s session, trusts the shell, and marks the events that the window may receive', async () => {
  const start: EngineStart = { workspaceFolder: join(temporaryFolder(), 'workspace'), version: '0', actor: 'ann.os', withSamples: true }
  const engine = new EngineThread({ startWorker: () => startEngineWorker(pathToFileURL(bundle()), start, log), log })
  const received: EngineEvent[] = []
  engine.onEvent((event) => received.push(event))
  engine.start()
  onTestFinished(() => engine.stop())

  expect(await engine.invokeForWindow('session.get', {})).toMatchObject({ value: { state: 'open', name: 'ann.os' } })
  expect(await engine.invokeForWindow('staff.createFirst', { name: 'Ann', password: 'correct horse', isKept: true })).toMatchObject({
    value: { state: 'signed in', name: 'Ann' },
  })
  await engine.invokeForWindow('session.signOut', {})
  expect(await engine.invokeForWindow('orders.list', {})).toMatchObject({ error: { code: 'signed-out' } })
  expect(await engine.invokeForWindow('session.signIn', { name: 'Ann', password: 'wrong' })).toMatchObject({
    error: { code: 'sign-in-refused' },
  })

  received.length = 0
  // Sync Now in the tray runs as the operating system's user.
  expect(await engine.invoke('sync.runNow', {})).toMatchObject({ ok: true })
  await expect.poll(() => received.some(({ message: [name] }) => name === 'orders.changed')).toBe(true)
  expect(received.filter(({ isForWindow }) => isForWindow)).toEqual([])
  const expected = { value: { runs: expect.arrayContaining([expect.objectContaining({ trigger: 'Sync Now', actor: 'ann.os' })]) } }
  await expect.poll(() => engine.invoke('sync.history', { limit: 500 })).toMatchObject(expected)
  expect(received.filter(({ isForWindow }) => isForWindow)).toEqual([])

  await engine.invokeForWindow('session.signIn', { name: 'Ann', password: 'correct horse' })
  received.length = 0
  await engine.invokeForWindow('sync.setPaused', { isPaused: true })
  await expect.poll(() => received.some(({ message: [name], isForWindow }) => name === 'tasks.changed' && isForWindow)).toBe(true)
})
