import { readdirSync, readFileSync, rmSync } from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { archivePath } from '../../src-main/engine/deliveries/archive'
import type { ChildOptions } from '../support/engine-child'
import { numberedOrder, Office } from '../support/office'
import { tsProgram } from '../support/ts-child'

const child = tsProgram('tests/support/engine-child.ts')
const RECORDER = pathToFileURL(join(import.meta.dirname, '../crash/recording-fs.mjs')).href

test('a file, its archive copy and the directory entries of both are flushed to disk before the package can see the file; the entry in the drop folder is flushed afterwards', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  await office.stop()
  const log = join(office.folder, 'fs.log')
  vi.stubEnv('NODE_OPTIONS', `--import=${RECORDER}`)
  vi.stubEnv('LEDGERDROP_TEST_FS_LOG', log)
  onTestFinished(() => void vi.unstubAllEnvs())
  const options: ChildOptions = { workspaceFolder: office.workspace, now: office.clock.now().toISOString(), tasks: ['Write Order'] }
  expect(await child.run([JSON.stringify(options)])).toMatchObject({ status: 0, stderr: '' })
  vi.unstubAllEnvs()
  const events = readFileSync(log, 'utf8').trimEnd().split('\n')
  await office.start()
  const [delivery] = (await office.order('W0001')).deliveries
  if (delivery === undefined) throw new Error('Nothing was delivered')
  const publishedAt = events.findIndex((event) => (JSON.parse(event) as string[])[2] === join(office.dropFolder(), delivery.fileName))
  const [, staged = ''] = JSON.parse(events[publishedAt] ?? '[]') as string[]
  const copy = archivePath(join(office.workspace, 'archive'), delivery)
  const syncs = (path: string) => events.flatMap((event, index) => (event === JSON.stringify(['sync', path]) ? [index] : []))
  for (const path of [staged, copy]) {
    const [contentSyncedAt = Number.POSITIVE_INFINITY] = syncs(path)
    const nameSyncedAt = syncs(dirname(path)).find((index) => index > contentSyncedAt) ?? Number.POSITIVE_INFINITY
    expect(contentSyncedAt, `the content of ${path}`).toBeLessThan(publishedAt)
    expect(nameSyncedAt, `the name of ${path}`).toBeLessThan(publishedAt)
  }
  for (const parent of [dirname(dirname(copy)), join(office.workspace, 'archive')]) {
    expect(syncs(parent)[0] ?? Number.POSITIVE_INFINITY, `the new folder in ${parent}`).toBeLessThan(publishedAt)
  }
  expect(syncs(office.dropFolder()).at(-1), 'the name in the drop folder').toBeGreaterThan(publishedAt)
})

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)

/** Runs Write Order until it crashes at the given step, and reopens the workspace. */
async function crashAt(office: Office, crashStep: string): Promise<void> {
  await office.restart({
    onStep: async (step) => {
      if (step === crashStep) throw new Error('power cut')
    },
  })
  await office.run('Write Order')
  await office.restart({ onStep: async () => {} })
}

test('after a power failure during staging, the next run leaves only sent files in the archive', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  await crashAt(office, 'staged')
  expect(filesBelow(join(office.workspace, 'archive'))).toHaveLength(1)
  await office.run('Write Order')
  expect(filesBelow(join(office.workspace, 'archive'))).toEqual(office.files())
})

test('an order with a file prepared at another destination is not written until that file has a final state', async () => {
  const office = await Office.open()
  // A run handles this destination first, because its name sorts first.
  await office.addDestination('Another', 'attache-kfi')
  await office.readOrders(numberedOrder(1))
  await crashAt(office, 'prepared')
  office.tamper(`update orders set destinationId = ${(await office.destination('Another')).id}`)
  expect(await office.run('Write Order')).toMatchObject({ outcome: 'done', doneCount: 0 })
  expect((await office.order('W0001')).deliveries).toMatchObject([{ state: 'withdrawn' }])
  expect(await office.run('Write Order')).toMatchObject({ outcome: 'done', doneCount: 1 })
  expect([office.files(), office.files(office.dropFolder('Another'))]).toEqual([[], [expect.stringMatching(/w0001/)]])
})

describe('a share that performs the last rename but reports "busy"', () => {
  /** Makes the share report "busy" for every attempt to rename a file, although the last attempt publishes it. */
  function reportBusy(office: Office, afterwards: (path: string) => void): void {
    const { rename } = promises
    let attempts = 0
    promises.rename = async (from, to) => {
      if (dirname(String(to)) !== office.dropFolder()) return rename(from, to)
      attempts += 1
      if (attempts === 6) {
        await rename(from, to)
        afterwards(String(to))
      }
      if (attempts <= 6) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY', syscall: 'rename' })
      return rename(from, to)
    }
    syncBuiltinESMExports()
    onTestFinished(() => {
      promises.rename = rename
      syncBuiltinESMExports()
    })
  }

  test('if the file is in the drop folder, the order is sent, but only once', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    reportBusy(office, () => {})
    await office.run('Write Order')
    office.clock.advance(3_600_000)
    await office.run('Write Order')
    expect(office.files()).toHaveLength(1)
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent', deliveries: [{ state: 'dropped' }] })
  })

  test('if the package takes the file immediately, the result is unknown: the order needs review and is not sent again', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    reportBusy(office, (path) => rmSync(path))
    await office.run('Write Order')
    office.clock.advance(3_600_000)
    await office.run('Write Order')
    expect(office.files()).toEqual([])
    expect(await office.order('W0001')).toMatchObject({ syncState: 'needs review', deliveries: [{ state: 'unknown' }] })
  })
})

test('an order does not count as sent if the share reports an error for a withdrawal that succeeded', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  await crashAt(office, 'prepared')
  const { id } = await office.order('W0001')
  await office.command('orders.changeStatus', { orderId: id, status: 'Cancelled' })
  const { rename } = promises
  promises.rename = async (from, to) => {
    await rename(from, to)
    if (String(to).endsWith('.withdrawn')) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT', syscall: 'rename' })
  }
  syncBuiltinESMExports()
  onTestFinished(() => {
    promises.rename = rename
    syncBuiltinESMExports()
  })
  await office.run('Write Order')
  expect(await office.order('W0001')).toMatchObject({ status: 'Cancelled', syncState: 'waiting', deliveries: [{ state: 'withdrawn' }] })
  expect(office.files()).toEqual([])
})
