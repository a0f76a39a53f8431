import { spawn } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { createEngine, systemClock } from '../../src-main/engine/engine'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import type { CommandInput, CommandName, CommandOutput, OrderRow } from '../../src-shared/contract/contract'
import type { ReceivedOrder } from '../../src-shared/order'
import { POLICY_PRESETS } from '../../src-shared/profiles/pick-up-policy'
import { sampleOrder } from '../support/orders'
import { readPickUpLog, type StandInOptions } from '../support/stand-in'
import { cleanUps, waitForExit } from './clean-ups'
import { compare, type KillTestResult } from './compare'
import { type CrashEngineOptions, PERSON, SUPERSEDED } from './crash-engine-options'
import { rollBack, runOnCopy, stall } from './interference'
import { seededRandom } from './seeded-random'
import { canMakeSmallDisk, makeSmallDisk, type SmallDisk } from './small-disk'

/** The kinds of failure that are combined with the kills. */
const VARIANTS = ['plain', 'workspace-full', 'drop-full', 'sync-fails', 'stalls', 'rolled-back', 'copied'] as const
type Variant = (typeof VARIANTS)[number]

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    variant: { type: 'string', default: 'all' },
    keep: { type: 'boolean', default: false },
    /** The number of workspaces tested at the same time. */
    'at-once': { type: 'string', default: '2' },
    'no-mount': { type: 'boolean', default: false },
  },
})
const kills = Number(values.kills)
const seed = Number(values.seed)
const bundle = import.meta.dirname
const project = process.cwd()
const engineProgram = join(bundle, 'crash-engine.js')

/** Steps of the drop protocol. A kill at one of them counts as inside the protocol. */
const PROTOCOL = new Set([
  'announced folder',
  'claimed folder',
  'claimed',
  'staged',
  'prepared',
  'renamed',
  'published',
  'settling',
  'settled',
  'withdrawn',
])
const LIMIT_MS = 300_000
const DAY_MS = 86_400_000
/** An engine that has nothing to write is killed after it has printed this many tasks and steps. */
const MAX_LINES = 80
/** The maximum number of kills per workspace. Further kills use a new one. */
const MAX_KILLS_PER_WORKSPACE = 50

const canMount = !values['no-mount'] && canMakeSmallDisk(join(bundle, 'mount-probe'))

await main()

function isPossible(variant: Variant): boolean {
  // Windows can neither suspend a process nor limit the size of its files.
  if (process.platform === 'win32' && (variant === 'stalls' || variant === 'workspace-full')) return false
  return canMount || variant !== 'drop-full'
}

async function main(): Promise<void> {
  const chosen = VARIANTS.filter((variant) => (values.variant === 'all' || values.variant === variant) && isPossible(variant))
  if (chosen.length === 0 || !Number.isInteger(kills) || kills < 1)
    throw new Error(`Use --kills N and --variant all or one of ${VARIANTS.join(', ')}`)
  console.log(`Kill test: ${kills} kills, seed ${seed}`)
  const startedAt = performance.now()
  if (!canMount)
    console.log('  This account may not mount a small disk: drop-full is skipped, and workspace-full limits the size of files instead.')
  const jobs = chosen.flatMap((variant, index) => {
    // Each kind of failure gets a tenth of the kills; plain kills get the rest.
    const share = Math.ceil(kills / 10)
    const count = chosen.length === 1 ? kills : variant === 'plain' ? Math.max(1, kills - share * (chosen.length - 1)) : share
    const parts = Math.ceil(count / MAX_KILLS_PER_WORKSPACE)
    return Array.from({ length: parts }, (_, part) => ({
      variant,
      count: Math.floor((count * (part + 1)) / parts) - Math.floor((count * part) / parts),
      seed: seed + index * 1000 + part,
    }))
  })
  const all: KillTestResult[] = []
  const work = async () => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      const result = await runCampaign(job.variant, job.count, job.seed)
      console.log(`  ${job.variant}: ${describe(result)}`)
      for (const deviation of result.deviations.slice(0, 20)) console.log(`    DEVIATION ${deviation}`)
      all.push(result)
    }
  }
  await Promise.all(Array.from({ length: Number(values['at-once']) }, work))
  const total = sum(all)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  console.log(`Kill test: ${describe(total)} (seed ${seed}, ${seconds} s)`)
  if (total.deviations.length > 0) process.exitCode = 1
}

function describe(result: KillTestResult): string {
  const { orders, bad, kills: killed, inside, files, lost, duplicated, halfWritten, temporary, withdrawn, deviations } = result
  return `${killed} kills (${inside} inside the protocol), ${orders} orders and ${bad} bad ones, ${files} files taken, ${withdrawn} withdrawn; ${lost} lost, ${duplicated} duplicated, ${halfWritten} half-written, ${temporary} temporary seen, ${deviations.length} deviations`
}

function sum(all: readonly KillTestResult[]): KillTestResult {
  const add = (name: Exclude<keyof KillTestResult, 'deviations'>) => all.reduce((total, result) => total + result[name], 0)
  return {
    kills: add('kills'),
    inside: add('inside'),
    orders: add('orders'),
    bad: add('bad'),
    files: add('files'),
    withdrawn: add('withdrawn'),
    lost: add('lost'),
    duplicated: add('duplicated'),
    halfWritten: add('halfWritten'),
    temporary: add('temporary'),
    deviations: all.flatMap(({ deviations }) => deviations),
  }
}

/** Kills the engine of one workspace `count` times, then compares the result with what was sent. */
async function runCampaign(variant: Variant, count: number, campaignSeed: number): Promise<KillTestResult> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `ledgerdrop-crash-${variant}-`)))
  const random = seededRandom(campaignSeed)
  const disks: SmallDisk[] = []
  const standIns: { stop(): Promise<void> }[] = []
  const removeAll = () => {
    for (const disk of disks.splice(0)) disk.remove()
    if (!values.keep) rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
  cleanUps.add(removeAll)
  try {
    const folders = { workspace: join(root, 'workspace'), intake: join(root, 'intake'), drops: join(root, 'drops') }
    if (variant === 'workspace-full' && canMount) disks.push(makeSmallDisk(folders.workspace, 48))
    if (variant === 'drop-full') disks.push(makeSmallDisk(folders.drops, 8))
    const kfi = join(folders.drops, 'kfi')
    const xml = join(folders.drops, 'xml')
    for (const folder of [folders.intake, kfi, xml]) mkdirSync(folder, { recursive: true })
    await setUp(folders.workspace, folders.intake, kfi, xml)
    const logs = { kfi: join(root, 'kfi.log'), xml: join(root, 'xml.log') }
    const startStandIns = () => [
      startStandIn({
        folder: kfi,
        patterns: ['*.kfi', '*.xml'],
        log: logs.kfi,
        actions: ['Success', 'delete', 'Success', 'Failure', 'Success', 'delete', 'Success', 'Hold'],
        err: { text: 'Müller: unknown customer', encoding: 'utf-16le' },
        lifeMs: 3_600_000,
      }),
      startStandIn({ folder: xml, patterns: ['*.xml', '*.kfi'], log: logs.xml, actions: ['delete'], lifeMs: 3_600_000 }),
    ]
    standIns.push(...startStandIns())

    const incoming = createArrivals(folders.intake, random)
    const taken = () => readPickUpLog(logs.kfi).length + readPickUpLog(logs.xml).length
    let inside = 0
    for (let kill = 0; kill < count; kill++) {
      while (incoming.goodCount() - taken() < 40) incoming.send()
      const disk = disks[0]
      if (disk !== undefined && random() < 0.5) disk.fill(random() < 0.5 ? 0 : Math.floor(random() * 60_000))
      const hasFileSizeLimit = variant === 'workspace-full' && !canMount && random() < 0.5
      if (variant === 'rolled-back') rollBack(join(root, 'last-night'), [kfi, xml], random)
      if (variant === 'copied' && random() < 0.3)
        await runOnCopy(engineProgram, folders.workspace, join(root, 'copy', 'workspace'), campaignSeed * 100_000 + kill)
      const lastStep = await killOnce(variant, folders.workspace, random, campaignSeed * 100_000 + kill, hasFileSizeLimit)
      if (PROTOCOL.has(lastStep)) inside++
      disk?.free()
      // Sometimes the accounting package crashes too.
      if (random() < 0.05) {
        await Promise.all(standIns.splice(0).map((standIn) => standIn.stop()))
        standIns.push(...startStandIns())
      }
    }
    // If staging folders were restored from older copies, an order may need review instead of being written again.
    const isStagingIntact = variant !== 'rolled-back'
    const hasFilesLeft = () => [kfi, xml].some((folder) => readdirSync(folder).some((name) => /\.(kfi|xml)$/.test(name)))
    await finish(folders.workspace, folders.intake, () => (isStagingIntact ? taken() < incoming.goodCount() : hasFilesLeft()))
    await Promise.all(standIns.splice(0).map((standIn) => standIn.stop()))
    const seen = [...readPickUpLog(logs.kfi), ...readPickUpLog(logs.xml)]
    const comparison = compare({
      workspace: folders.workspace,
      drops: [kfi, xml],
      goodIds: incoming.goodIds,
      badIds: incoming.badIds,
      seen,
      isStagingIntact,
    })
    return { ...comparison, kills: count, inside }
  } finally {
    await Promise.all(standIns.map((standIn) => standIn.stop()))
    removeAll()
    cleanUps.delete(removeAll)
    if (values.keep) console.log(`  kept: ${root}`)
  }
}

async function runCommand<Name extends CommandName>(
  engine: Awaited<ReturnType<typeof createEngine>>,
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name>> {
  const result = await engine.execute(name, input, { actor: PERSON, role: 'administrator' })
  if (!result.ok) throw new Error(`${name}: ${result.error.code}: ${result.error.message}`)
  return result.value as CommandOutput<Name>
}

function openEngine(workspaceFolder: string, canCreate: boolean) {
  const silent = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (message: string, error?: unknown) => console.error(message, error),
  }
  return createEngine({ workspaceFolder, canCreate, version: '0.0.0-crash', clock: systemClock, log: silent, settleMs: 15 })
}

async function setUp(workspace: string, intake: string, kfi: string, xml: string): Promise<void> {
  const engine = await openEngine(workspace, true)
  const plain = POLICY_PRESETS.find(({ name }) => name === 'plain-pick-up')
  if (plain === undefined) throw new Error('No policy for plain pick-up')
  await runCommand(engine, 'settings.saveDestination', { name: 'Attache', profile: 'attache-kfi', folder: kfi, isDefault: true })
  await runCommand(engine, 'settings.saveDestination', {
    name: 'Plain',
    profile: 'attache-xmlkfi',
    folder: xml,
    isDefault: false,
    policy: plain.policy,
  })
  const { destinations } = await runCommand(engine, 'settings.get', {})
  for (const { id, name } of destinations) {
    const folder = join(intake, name)
    mkdirSync(folder, { recursive: true })
    await runCommand(engine, 'settings.saveSource', { name, folder, destinationId: id })
  }
  await engine.stop()
}

/**
 * Returns a generator of incoming orders: some are invalid, some arrive twice, and some are in files that are still
 * being written while the engine reads.
 */
function createArrivals(intake: string, random: () => number) {
  let n = 0
  let files = 0
  const goodIds = new Set<string>()
  const badIds = new Set<string>()
  const sent: ReceivedOrder[] = []
  const make = (): ReceivedOrder => {
    const id = `order-${++n}`
    const isBad = random() < 0.05
    ;(isBad ? badIds : goodIds).add(id)
    const order = sampleOrder({ sourceOrderId: id, number: `W${n}`, reference: `PO-${n}`, note: 'x'.repeat(Math.floor(random() * 400)) })
    return isBad ? { ...order, customer: { ...order.customer, code: 'FARTOOLONGCODE' } } : order
  }
  const send = () => {
    const source = random() < 0.5 ? 'Attache' : 'Plain'
    const orders = Array.from({ length: 1 + Math.floor(random() * 15) }, make)
    const repeated = sent[Math.floor(random() * sent.length)]
    const text = toOrderJson(orders)
    const path = join(intake, source, `orders-${++files}.json`)
    if (random() < 0.5) {
      writeFileSync(`${path}.part`, text)
      renameSync(`${path}.part`, path)
    } else {
      const file = openSync(path, 'w')
      writeSync(file, text.slice(0, text.length / 2))
      writeSync(file, text.slice(text.length / 2))
      closeSync(file)
    }
    for (const order of orders) if (source === 'Plain') sent.push(order)
    if (repeated !== undefined && random() < 0.3) writeFileSync(join(intake, 'Plain', `repeated-${files}.json`), toOrderJson([repeated]))
  }
  return { send, goodCount: () => goodIds.size, goodIds, badIds }
}

/** Starts the engine, kills it at a random moment, and returns the last step that it printed. */
async function killOnce(
  variant: Variant,
  workspaceFolder: string,
  random: () => number,
  childSeed: number,
  hasFileSizeLimit: boolean,
): Promise<string> {
  const options: CrashEngineOptions = {
    workspaceFolder,
    seed: childSeed,
    clockOffsetMs: random() < 0.15 ? (random() - 0.5) * 4 * DAY_MS : 0,
    hasEditsDuringRuns: random() < 0.5,
  }
  const preload = variant === 'sync-fails' ? ['--import', pathToFileURL(join(project, 'tests/crash/failing-sync.mjs')).href] : []
  const command = [process.execPath, ...preload, join(bundle, 'crash-engine.js'), JSON.stringify(options)]
  // With the limit, the engine's files can't grow beyond roughly the current size of its database.
  const blocks = Math.floor((statSync(join(workspaceFolder, 'ledgerdrop.db')).size * (0.8 + random())) / 512)
  const limitedCommand = ['sh', '-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`, 'sh', ...command]
  const [program = '', ...args] = hasFileSizeLimit ? limitedCommand : command
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LEDGERDROP_TEST_SYNC_FAILS: '0.03' },
  })
  let last = 'starting'
  let steps = 0
  let lineCount = 0
  let isDue = false
  let errorOutput = ''
  // Sometimes kill the engine during start-up; otherwise after some steps of the protocol and a delay of up to 12 ms.
  const isEarly = random() < 0.1
  const afterSteps = 1 + Math.floor(random() ** 2 * 50)
  const delayMs = isEarly ? random() * 400 : random() < 0.3 ? 0 : random() ** 3 * 12
  const kill = () => void child.kill('SIGKILL')
  const interrupt = variant === 'stalls' ? () => void stall(engineProgram, child, workspaceFolder, childSeed, kill) : kill
  cleanUps.add(kill)
  const limitTimer = setTimeout(kill, LIMIT_MS)
  if (isEarly) setTimeout(interrupt, delayMs)
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errorOutput += text
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = text.split('\n').filter(Boolean)
    last = lines.at(-1) ?? last
    lineCount += lines.length
    steps += lines.filter((line) => PROTOCOL.has(line)).length
    if (isEarly || isDue || (steps < afterSteps && lineCount < MAX_LINES)) return
    isDue = true
    if (delayMs === 0) interrupt()
    else setTimeout(interrupt, delayMs)
  })
  const { code, signal } = await waitForExit(child)
  clearTimeout(limitTimer)
  cleanUps.delete(kill)
  const isRefused = last.startsWith('refused')
  const isSuperseded = variant === 'stalls' && code === SUPERSEDED
  if (signal !== 'SIGKILL' && !isRefused && !isSuperseded)
    throw new Error(`The engine ended by itself (exit code ${code}) after ${last}: ${errorOutput}`)
  const isExpected =
    errorOutput === '' ||
    (variant === 'stalls' && /another Ledgerdrop has opened this workspace|workspace-taken-over/i.test(errorOutput)) ||
    (variant === 'workspace-full' && /SQLITE_(FULL|IOERR)/.test(errorOutput) && !/SQLITE_ERROR/.test(errorOutput))
  if (!isExpected) throw new Error(`The engine logged an error: ${errorOutput}`)
  // The engine refuses to start if it can't save its epoch safely to disk.
  const mayRefuse = variant === 'workspace-full' || (variant === 'sync-fails' && last === 'refused workspace-unusable')
  if (isRefused && !mayRefuse) throw new Error(`The engine did not start: ${last}`)
  return last
}

function startStandIn(options: StandInOptions): { stop(): Promise<void> } {
  const child = spawn(process.execPath, [join(project, 'tests/support/stand-in.ts'), JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let isStopped = false
  const stop = () => {
    isStopped = true
    child.kill('SIGKILL')
  }
  cleanUps.add(stop)
  const exited = waitForExit(child).then(({ code }) => {
    if (!isStopped) throw new Error(`The stand-in ended by itself (exit code ${code})`)
  })
  return {
    stop: () => {
      stop()
      cleanUps.delete(stop)
      return exited
    },
  }
}

/**
 * Finishes without further failures: every order is read and written, every file is taken, and every answer is read.
 */
async function finish(workspace: string, intake: string, hasFilesToTake: () => boolean): Promise<void> {
  const engine = await openEngine(workspace, false)
  const run = (task: 'Read Orders' | 'Read Answers' | 'Write Order') => engine.runTask(task, { trigger: 'command line', actor: PERSON })
  const hasUnreadFiles = () =>
    ['Attache', 'Plain'].some((source) => readdirSync(join(intake, source)).some((name) => name.endsWith('.json')))
  const deadline = Date.now() + LIMIT_MS
  while (hasUnreadFiles() && Date.now() < deadline) await run('Read Orders')
  const page = await runCommand(engine, 'orders.list', { filter: { status: 'On Hold', syncState: 'waiting' }, limit: 500 })
  for (const { id } of page.rows as OrderRow[]) await runCommand(engine, 'orders.changeStatus', { orderId: id, status: 'Pending' })
  for (let round = 0; round < 3; round++) await run('Write Order')
  while (hasFilesToTake() && Date.now() < deadline) await pause(20)
  // Run every task more often than needed, to detect orders that are written a second time.
  for (let round = 0; round < 2; round++) for (const task of ['Read Orders', 'Read Answers', 'Write Order'] as const) await run(task)
  await pause(200)
  await engine.stop()
}
