import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import type { TestHooks } from '../../src-main/shell/test-hooks'
import { POLICY_PRESETS } from '../../src-shared/profiles/pick-up-policy'
import { compare } from '../crash/compare'
import { seededRandom } from '../crash/seeded-random'
import { type LaunchedApp, launchApp } from '../e2e/launch'
import { orderNumbered, PreparedWorkspace } from '../e2e/prepared-workspace'
import { readPickUpLog } from '../support/stand-in'
import { isFlat, type Sample, takeSample, usageText } from './figures'
import { StandIn } from './stand-in-process'

const minutes = Number(process.env.SOAK_MINUTES ?? '3')
const seed = Number(process.env.SOAK_SEED ?? String(Date.now() % 1_000_000))
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** The time until the engine thread is killed for the first time. In a short run, it is a third of the run, and there is only one kill. */
const FIRST_KILL_MS = Math.min(11 * MINUTE_MS, (minutes * MINUTE_MS) / 3)
/** The time between kills. At least 50 s, because the program deliberately stops restarting a thread that dies more often. */
const KILL_INTERVAL_MS = Math.max(50_000, FIRST_KILL_MS)
/** The run continues until it has this many samples and one kill. On a busy computer, a short run may therefore take longer than planned. */
const MIN_SAMPLES = 4
/** The time limit for recovery at the end. It must be longer than the longest retry delay that the failures in this test cause. */
const END_LIMIT_MS = 8 * MINUTE_MS

test.setTimeout(minutes * MINUTE_MS + END_LIMIT_MS + 2 * MINUTE_MS)

/** The kinds of failure, in turn. Clock jumps and missing drop folders occur twice per cycle. */
const FAILURE_ORDER = ['intake folder', 'clock', 'drop folder', 'package', 'clock', 'drop folder'] as const

const withHooks = <T>(launched: LaunchedApp, work: (hooks: TestHooks, value: number) => T, value = 0) =>
  launched.app.evaluate(
    (_, { source, value }) => {
      const hooks = (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest
      return (new Function(`return (${source})`)() as (hooks: TestHooks, value: number) => T)(hooks, value)
    },
    { source: work.toString(), value },
  )

test(`runs unattended for ${minutes} minutes: recovers from every failure without losing or duplicating an order, and without leaks`, async () => {
  console.log(`Soak test: ${minutes} minutes, seed ${seed}`)
  const random = seededRandom(seed)
  const plain = POLICY_PRESETS.find(({ name }) => name === 'plain-pick-up')
  if (plain === undefined) throw new Error('No policy for plain pick-up')
  const prepared = await PreparedWorkspace.make(
    [
      { name: 'Attache', profile: 'attache-kfi' },
      { name: 'Plain', profile: 'attache-xmlkfi', policy: plain.policy },
    ],
    async (_, engine) => {
      for (const task of ['Read Orders', 'Read Answers', 'Write Order'] as const) {
        await engine.command('sync.setSchedule', { task, schedule: { kind: 'every', minutes: 1 } })
      }
    },
  )
  const logs = { Attache: join(prepared.folder, 'attache.log'), Plain: join(prepared.folder, 'plain.log') }
  const startStandIns = () => [
    new StandIn({
      folder: prepared.dropFolder('Attache'),
      patterns: ['*.kfi', '*.xml'],
      log: logs.Attache,
      actions: ['Success', 'delete', 'Success', 'Failure', 'Success', 'Hold', 'leave'],
      err: { text: 'Müller: unknown customer', encoding: 'utf-16le', inPiecesMs: 200 },
      slowMs: 20,
      renamesCase: true,
      lifeMs: (minutes + 30) * MINUTE_MS,
    }),
    new StandIn({
      folder: prepared.dropFolder('Plain'),
      patterns: ['*.xml', '*.kfi'],
      log: logs.Plain,
      actions: ['delete'],
      holdOpenMs: 30,
      lifeMs: (minutes + 30) * MINUTE_MS,
    }),
  ]
  let standIns = startStandIns()
  const launched = await launchApp({ workspace: prepared.workspace, args: ['--no-samples'] })
  const page = launched.window
  const invoke = (name: string) =>
    page.evaluate((command) => window.ledgerdrop?.invoke(command as 'sync.status', {}), name).catch(() => undefined)
  const countPickedUp = () => readPickUpLog(logs.Attache).length + readPickUpLog(logs.Plain).length

  const goodIds = new Set<string>()
  const badIds = new Set<string>()
  let count = 0
  const sendOrders = () => {
    const name = random() < 0.5 ? 'Attache' : 'Plain'
    const ids: string[] = []
    const orders = Array.from({ length: 1 + Math.floor(random() * 10) }, () => {
      const number = `S${++count}`
      ids.push(`id ${number}`)
      const order = orderNumbered(number)
      return random() < 0.03 ? { ...order, customer: { ...order.customer, code: 'FARTOOLONGCODE' } } : order
    })
    const part = join(prepared.folder, `${count}.part`)
    writeFileSync(part, toOrderJson(orders))
    try {
      renameSync(part, join(prepared.intakeFolder(name), `orders-${count}.json`))
      for (const [index, id] of ids.entries()) (orders[index]?.customer.code === 'FARTOOLONGCODE' ? badIds : goodIds).add(id)
    } catch (error) {
      // The folder has vanished. A real store would try again; this test sends other orders instead.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }

  const failureCounts = { folders: 0, packages: 0, jumps: 0, kills: 0 }
  let turn = 0
  const moveAwayFor = async (folder: string, ms: number) => {
    failureCounts.folders++
    renameSync(folder, `${folder} away`)
    await pause(ms)
    renameSync(`${folder} away`, folder)
  }
  const causeFailure = async () => {
    // The kind isn't random, so that even a short run has every kind.
    const kind = FAILURE_ORDER[turn++ % FAILURE_ORDER.length]
    const name = random() < 0.5 ? 'Attache' : 'Plain'
    if (kind === 'intake folder') await moveAwayFor(prepared.intakeFolder(name), 1000 + random() * 6000)
    else if (kind === 'drop folder') {
      // Stop the package: otherwise it would create its answer folders again, which it couldn't do on a share that is gone.
      await Promise.all(standIns.map((standIn) => standIn.stop()))
      await moveAwayFor(prepared.dropFolder(name), 1000 + random() * 6000)
      standIns = startStandIns()
    } else if (kind === 'package') {
      failureCounts.packages++
      await Promise.all(standIns.map((standIn) => standIn.stop()))
      await pause(random() * 3000)
      standIns = startStandIns()
    } else {
      failureCounts.jumps++
      await withHooks(launched, (hooks, ms) => hooks.jumpClock(ms), (random() < 0.6 ? 1 : -1) * random() * 12 * HOUR_MS)
    }
  }

  const samples: Sample[] = []
  try {
    const startedAt = Date.now()
    const endsAt = startedAt + minutes * MINUTE_MS
    let killAt = startedAt + FIRST_KILL_MS
    let sampleAt = startedAt + 10_000
    let failureAt = startedAt + 5000
    for (let round = 0; Date.now() < endsAt || failureCounts.kills === 0 || samples.length < MIN_SAMPLES; round++) {
      sendOrders()
      // Sometimes a person uses Sync Now; the other runs are scheduled.
      if (round % 5 === 0) await invoke('sync.runNow')
      if (Date.now() >= failureAt) {
        await causeFailure()
        failureAt = Date.now() + 3000 + random() * 8000
      }
      if (Date.now() >= killAt && (failureCounts.kills === 0 || endsAt - Date.now() > 20_000)) {
        failureCounts.kills++
        await withHooks(launched, (hooks) => void hooks.engine.worker?.terminate())
        await expect.poll(async () => (await invoke('sync.status'))?.ok, { timeout: 60_000 }).toBe(true)
        killAt = Date.now() + KILL_INTERVAL_MS
      }
      if (Date.now() >= sampleAt) {
        samples.push(await takeSample(launched.app))
        sampleAt = Date.now() + Math.max(5000, (minutes * MINUTE_MS) / 40)
      }
      await pause(300 + random() * 900)
    }
    // From here on, the program must recover by itself.
    await expect
      .poll(
        () => {
          const waiting = ['Attache', 'Plain']
            .flatMap((name) => readdirSync(prepared.intakeFolder(name)))
            .filter((file) => file.endsWith('.json'))
          return { pickedUp: countPickedUp(), unread: waiting.length }
        },
        { timeout: END_LIMIT_MS, intervals: [1000] },
      )
      .toEqual({ pickedUp: goodIds.size, unread: 0 })
    samples.push(await takeSample(launched.app))
  } finally {
    await launched.close()
    await Promise.all(standIns.map((standIn) => standIn.stop()))
  }
  const seen = [...readPickUpLog(logs.Attache), ...readPickUpLog(logs.Plain)]
  const found = compare({
    workspace: prepared.workspace,
    drops: [prepared.dropFolder('Attache'), prepared.dropFolder('Plain')],
    goodIds,
    badIds,
    seen,
  })
  const engineLog = readFileSync(join(prepared.workspace, 'logs', 'engine.log'), 'utf8')
  console.log(
    `Soak test: ${goodIds.size} orders and ${badIds.size} bad ones, ${found.files} files; a folder vanished ${failureCounts.folders} times, the package was restarted ${failureCounts.packages} times, the clock jumped ${failureCounts.jumps} times, the engine thread was killed ${failureCounts.kills} times; ${found.lost} lost, ${found.duplicated} duplicated, ${found.halfWritten} half-written, ${found.deviations.length} deviations`,
  )
  console.log(`Soak test: ${usageText(samples)}`)
  expect(found.deviations).toEqual([])
  expect(failureCounts.kills).toBeGreaterThan(0)
  expect(isFlat(samples), usageText(samples)).toBe(true)
  expect(engineLog).not.toMatch(/\(fault [0-9a-f]{8}\)/)
  prepared.remove()
})
