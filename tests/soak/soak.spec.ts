import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import type { TestHooks } from '../../src-main/shell/test-hooks'
import { READY_POLICIES } from '../../src-shared/profiles/pick-up-policy'
import { compare } from '../crash/compare'
import { seededRandom } from '../crash/seeded-random'
import { type LaunchedApp, launchApp } from '../e2e/launch'
import { orderNumbered, PreparedWorkspace } from '../e2e/prepared-workspace'
import { readTaken } from '../support/stand-in'
import { hourlyFigures, isFlat, type Sample, takeSample } from './figures'
import { StandIn } from './stand-in-process'

const minutes = Number(process.env.SOAK_MINUTES ?? '3')
const seed = Number(process.env.SOAK_SEED ?? String(Date.now() % 1_000_000))
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** A short run has one kill, a third of the way in. A thread that dies more often than every 50 s is given up for good reason. */
const FIRST_KILL_MS = Math.min(11 * MINUTE_MS, (minutes * MINUTE_MS) / 3)
const BETWEEN_KILLS_MS = Math.max(50_000, FIRST_KILL_MS)
/** A busy computer may not get that far in a short run, so the run goes on until it has this many samples and a kill. */
const MIN_SAMPLES = 4
/** In the end everything has to come right by itself within this time: longer than the longest pause after trouble that was made here. */
const END_LIMIT_MS = 8 * MINUTE_MS

test.setTimeout(minutes * MINUTE_MS + END_LIMIT_MS + 2 * MINUTE_MS)

/** Which trouble comes when, as parts of the dice: an intake folder, the clock, a drop folder, the package, the clock again. */
const TROUBLES = [0.1, 0.9, 0.4, 0.7, 0.9, 0.4]

const hooked = <T>(launched: LaunchedApp, work: (hooks: TestHooks, given: number) => T, given = 0) =>
  launched.app.evaluate(
    (_, { source, value }) => {
      const hooks = (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest
      return (new Function(`return (${source})`)() as (hooks: TestHooks, given: number) => T)(hooks, value)
    },
    { source: work.toString(), value: given },
  )

test(`runs unattended for ${minutes} minutes: recovers by itself each time, nothing lost, nothing double, nothing grows`, async () => {
  console.log(`Soak test: ${minutes} minutes, seed ${seed}`)
  const random = seededRandom(seed)
  const plain = READY_POLICIES.find(({ name }) => name === 'plain-pick-up')
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
      takes: ['Success', 'delete', 'Success', 'Failure', 'Success', 'Hold', 'leave'],
      err: { text: 'Müller: unknown customer', encoding: 'utf-16le', inPiecesMs: 200 },
      slowMs: 20,
      renamesCase: true,
      lifeMs: (minutes + 30) * MINUTE_MS,
    }),
    new StandIn({
      folder: prepared.dropFolder('Plain'),
      patterns: ['*.xml', '*.kfi'],
      log: logs.Plain,
      takes: ['delete'],
      holdOpenMs: 30,
      lifeMs: (minutes + 30) * MINUTE_MS,
    }),
  ]
  let standIns = startStandIns()
  const launched = await launchApp({ workspace: prepared.workspace, args: ['--no-samples'] })
  const page = launched.window
  const ask = (name: string) =>
    page.evaluate((command) => window.ledgerdrop?.invoke(command as 'sync.status', {}), name).catch(() => undefined)
  const taken = () => readTaken(logs.Attache).length + readTaken(logs.Plain).length

  const goodIds = new Set<string>()
  const badIds = new Set<string>()
  let count = 0
  const arrive = () => {
    const name = random() < 0.5 ? 'Attache' : 'Plain'
    const made: string[] = []
    const orders = Array.from({ length: 1 + Math.floor(random() * 10) }, () => {
      const number = `S${++count}`
      made.push(`id ${number}`)
      const order = orderNumbered(number)
      return random() < 0.03 ? { ...order, customer: { ...order.customer, code: 'FARTOOLONGCODE' } } : order
    })
    const part = join(prepared.folder, `${count}.part`)
    writeFileSync(part, toOrderJson(orders))
    try {
      renameSync(part, join(prepared.intakeFolder(name), `orders-${count}.json`))
      for (const [index, id] of made.entries()) (orders[index]?.customer.code === 'FARTOOLONGCODE' ? badIds : goodIds).add(id)
    } catch (error) {
      // The folder is away at the moment; the store would try again, here other orders come.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }

  const troubles = { folders: 0, packages: 0, jumps: 0, kills: 0 }
  let turn = 0
  const awayFor = async (folder: string, ms: number) => {
    troubles.folders++
    renameSync(folder, `${folder} away`)
    await pause(ms)
    renameSync(`${folder} away`, folder)
  }
  const trouble = async () => {
    // One kind after the other, so that a short run has them all.
    const dice = TROUBLES[turn++ % TROUBLES.length] ?? 0
    const name = random() < 0.5 ? 'Attache' : 'Plain'
    if (dice < 0.3) await awayFor(prepared.intakeFolder(name), 1000 + random() * 6000)
    else if (dice < 0.6) {
      // The package would make its answer folders anew in the vanished folder's place; on a share that is gone it cannot.
      await Promise.all(standIns.map((one) => one.stop()))
      await awayFor(prepared.dropFolder(name), 1000 + random() * 6000)
      standIns = startStandIns()
    } else if (dice < 0.8) {
      troubles.packages++
      await Promise.all(standIns.map((one) => one.stop()))
      await pause(random() * 3000)
      standIns = startStandIns()
    } else {
      troubles.jumps++
      await hooked(launched, (hooks, ms) => hooks.jumpClock(ms), (random() < 0.6 ? 1 : -1) * random() * 12 * HOUR_MS)
    }
  }

  const samples: Sample[] = []
  try {
    const startedAt = Date.now()
    const endsAt = startedAt + minutes * MINUTE_MS
    let killAt = startedAt + FIRST_KILL_MS
    let sampleAt = startedAt + 10_000
    let troubleAt = startedAt + 5000
    for (let round = 0; Date.now() < endsAt || troubles.kills === 0 || samples.length < MIN_SAMPLES; round++) {
      arrive()
      // A person who cannot wait, now and then; the rest comes by schedule.
      if (round % 5 === 0) await ask('sync.runNow')
      if (Date.now() >= troubleAt) {
        await trouble()
        troubleAt = Date.now() + 3000 + random() * 8000
      }
      if (Date.now() >= killAt && (troubles.kills === 0 || endsAt - Date.now() > 20_000)) {
        troubles.kills++
        await hooked(launched, (hooks) => void hooks.engine.worker?.terminate())
        await expect.poll(async () => (await ask('sync.status'))?.ok, { timeout: 60_000 }).toBe(true)
        killAt = Date.now() + BETWEEN_KILLS_MS
      }
      if (Date.now() >= sampleAt) {
        samples.push(await takeSample(launched.app))
        sampleAt = Date.now() + Math.max(5000, (minutes * MINUTE_MS) / 40)
      }
      await pause(300 + random() * 900)
    }
    // From here on nobody helps.
    await expect
      .poll(
        () => {
          const waiting = ['Attache', 'Plain']
            .flatMap((name) => readdirSync(prepared.intakeFolder(name)))
            .filter((file) => file.endsWith('.json'))
          return { taken: taken(), unread: waiting.length }
        },
        { timeout: END_LIMIT_MS, intervals: [1000] },
      )
      .toEqual({ taken: goodIds.size, unread: 0 })
    samples.push(await takeSample(launched.app))
  } finally {
    await launched.close()
    await Promise.all(standIns.map((one) => one.stop()))
  }
  const seen = [...readTaken(logs.Attache), ...readTaken(logs.Plain)]
  const found = compare({
    workspace: prepared.workspace,
    drops: [prepared.dropFolder('Attache'), prepared.dropFolder('Plain')],
    goodIds,
    badIds,
    seen,
  })
  const engineLog = readFileSync(join(prepared.workspace, 'logs', 'engine.log'), 'utf8')
  console.log(
    `Soak test: ${goodIds.size} orders and ${badIds.size} bad ones, ${found.files} files; ${troubles.folders} times a folder vanished, the package was restarted ${troubles.packages} times, the clock jumped ${troubles.jumps} times, the engine thread was killed ${troubles.kills} times; ${found.lost} lost, ${found.double} double, ${found.halfWritten} half-written, ${found.deviations.length} deviations`,
  )
  console.log(`Soak test: ${hourlyFigures(samples)}`)
  expect(found.deviations).toEqual([])
  expect(troubles.kills).toBeGreaterThan(0)
  expect(isFlat(samples), hourlyFigures(samples)).toBe(true)
  expect(engineLog).not.toMatch(/\(fault [0-9a-f]{8}\)/)
  prepared.remove()
})
