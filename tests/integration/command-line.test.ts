import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { unzipSync } from 'fflate'
import { beforeEach, describe, expect, test } from 'vitest'
import { createEngine, type Engine, systemClock } from '../../src-main/engine/engine'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import { personName } from '../../src-main/engine-thread/person'
import type { BackupRow, OrderDetails, OrderRow, RunRow, SupportBundle, SyncSettings } from '../../src-shared/contract/contract'
import { WHOLE_SYNC } from '../../src-shared/contract/contract'
import type { ChildOrders } from '../support/engine-child'
import { filesIn, numberedOrder, unwritableOrder } from '../support/office'
import { temporaryFolder } from '../support/temporary-folder'
import { type Ended, tsProgram } from '../support/ts-child'
import { wooOrder } from '../unit/src-main/engine/importers/documents'

const program = tsProgram('src-main/cli/cli.ts')
const engineChild = tsProgram('tests/support/engine-child.ts')

/** A folder's name with all that this system takes in one. */
const OLD = process.platform === 'win32' ? 'old = drop' : 'old: drop'

/** A folder with a workspace, an intake folder and one destination, as `init` makes them. */
interface Place {
  folder: string
  workspace: string
  intake: string
  drop: string
}

function place(): Place {
  const folder = temporaryFolder()
  return { folder, workspace: join(folder, 'workspace'), intake: join(folder, 'intake'), drop: join(folder, 'drop') }
}

function cli(at: Place, ...words: string[]): Promise<Ended> {
  return program.run([...words, '--workspace', at.workspace])
}

/** Runs a command with `--json`; standard output must be exactly one JSON document and standard error empty. */
async function json<T>(at: Place, status: number, ...words: string[]): Promise<T> {
  const ended = await cli(at, ...words, '--json')
  expect(ended, words.join(' ')).toMatchObject({ status, stderr: '' })
  return JSON.parse(ended.stdout) as T
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Runs a command in an engine of the test's own and gives its value; a refusal fails the test. */
async function value(engine: Engine, name: string, input: unknown): Promise<unknown> {
  const result = await engine.execute(name, input, { actor: 'Ann', role: 'administrator' })
  if (!result.ok) throw new Error(`${name} was refused: ${result.error.message}`)
  return result.value
}

function init(at: Place): Promise<Ended> {
  return cli(at, 'init', '--intake', at.intake, '--destination', `Attaché=attache-xmlkfi:${at.drop}`)
}

describe('whatever an order says', () => {
  const evil = '\u001b[2J\u001b]0;evil\u0007\u009b31mJane\r\u0008'

  test('the terminal is given no command by it; scripts get it as it is', async () => {
    const at = place()
    await init(at)
    const order = numberedOrder(1, { number: `W${evil}` })
    writeFileSync(
      join(at.intake, process.platform === 'win32' ? 'a.json' : `a${evil}.json`),
      toOrderJson([{ ...order, customer: { ...order.customer, name: evil } }]),
    )
    writeFileSync(join(at.intake, process.platform === 'win32' ? 'b.json' : `b${evil}.json`), 'no order')
    const outputs = [
      await cli(at, 'sync'),
      await cli(at, 'orders'),
      await cli(at, 'orders', '--json'),
      await cli(at, 'runs'),
      await cli(at, 'order', evil),
    ]
    for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toMatch(/(?![\n\t])\p{Cc}/u)
    const { orders } = await json<{ orders: OrderRow[] }>(at, 0, 'orders')
    expect(orders).toMatchObject([{ number: expect.stringContaining('\u009b31m') }])
  })

  test('a path that is empty, or has a null or a line end, is wrong usage and makes nothing', async () => {
    const at = place()
    expect(await cli(at, 'init', '--intake', '', '--destination', `A=attache-kfi:${at.drop}`)).toMatchObject({ status: 2 })
    expect(await cli(at, 'init', '--intake', `${at.intake}\n`, '--destination', `A=attache-kfi:${at.drop}`)).toMatchObject({ status: 2 })
    expect(await cli(at, 'init', '--intake', at.intake, '--destination', `A=attache-kfi:${at.drop}\u0007`)).toMatchObject({ status: 2 })
    expect(readdirSync(at.folder)).toEqual([])
    await init(at)
    expect(await cli(at, 'export-orders', '')).toMatchObject({ status: 2 })
    expect(await cli(at, 'export-orders', join(at.workspace, 'ledgerdrop.db'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('folder-in-use'),
    })
    expect(await cli(at, 'orders')).toMatchObject({ status: 0 })
  })
})

describe('support-bundle', () => {
  test('saves a zip about an order and says where; an order that is not there is refused', async () => {
    const at = place()
    await cli(at, 'demo')
    const bundle = await json<SupportBundle>(at, 0, 'support-bundle', '--order', 'W2210', '--text', 'It did not arrive')
    const files = unzipSync(readFileSync(join(bundle.folder, bundle.fileName)))
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['ticket.txt', 'versions.json', 'order/timeline.json']))
    expect(bundle).toMatchObject({ folder: join(at.workspace, 'support'), hasPersonalData: false })
    expect(await cli(at, 'support-bundle', '--order', 'NOPE')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('order-missing'),
    })
  })
})

describe('demo', () => {
  test('makes a workspace with orders and three destinations, writes the orders, shows what lies where; again changes nothing', async () => {
    const at = place()
    const first = await cli(at, 'demo')
    expect(first).toMatchObject({ status: 0, stderr: '' })
    for (const drop of ['ubl', 'attache-xml', 'attache-kfi']) {
      const folder = join(at.workspace, 'drops', drop)
      expect(filesIn(folder).length).toBeGreaterThan(0)
      for (const name of filesIn(folder)) expect(first.stdout).toContain(join(folder, name))
    }
    const again = await json<{ runs: RunRow[]; orders: OrderRow[]; drops: { files: string[] }[] }>(at, 0, 'demo')
    expect(again.runs.map((run) => run.task)).toEqual([...WHOLE_SYNC])
    expect(again.orders.length).toBeGreaterThan(0)
    expect(again.orders.filter((order) => order.syncError !== null)).toEqual([])
    const sent = again.orders.filter((order) => order.syncState === 'sent')
    expect(sent.length).toBeGreaterThan(2)
    expect(again.drops.flatMap((drop) => drop.files)).toHaveLength(sent.length)
  })
})

describe('init', () => {
  test('makes an empty workspace; the first destination is the default', async () => {
    const at = place()
    const destinations = ['--destination', `Books=ubl-order:${at.drop}`, '--destination', `Old=books=attache-kfi:${at.folder}/${OLD}`]
    const wrong = await cli(at, 'init', '--intake', at.intake, ...destinations)
    expect(wrong).toMatchObject({ status: 2, stdout: '' })
    expect(existsSync(at.workspace)).toBe(false)
    const made = await json<SyncSettings & { workspace: string }>(
      at,
      0,
      ...[
        'init',
        '--intake',
        at.intake,
        '--destination',
        `Books=ubl-order:${at.drop}`,
        '--destination',
        `Old=attache-kfi:${at.folder}/${OLD}`,
      ],
    )
    expect(made.workspace).toBe(at.workspace)
    expect(made.destinations.map((one) => [one.name, one.profile, one.folder, one.isDefault])).toEqual([
      ['Books', 'ubl-order', at.drop, true],
      ['Old', 'attache-kfi', join(at.folder, OLD), false],
    ])
    expect(made.sources).toMatchObject([{ folder: at.intake, destinationId: made.destinations[0]?.id }])
    expect(existsSync(at.intake) && existsSync(at.drop)).toBe(true)
    expect(await json(at, 0, 'orders')).toEqual({ orders: [] })
    expect(await init(at)).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('workspace-exists') })
  })

  test.for([
    ['without a profile', ['--destination', 'Books:folder'], /NAME=PROFILE:FOLDER/],
    ['with an unknown profile', ['--destination', 'Books=sap:folder'], /no profile sap/],
    ['with a name twice', ['--destination', 'A=ubl-order:a', '--destination', 'A=ubl-order:b'], /same name/],
    ['without a destination', [], /--destination/],
  ] as const)('%s is wrong usage and makes nothing', async ([, words, message]) => {
    const at = place()
    const ended = await cli(at, 'init', '--intake', at.intake, ...words)
    expect(ended).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(message) })
    expect(existsSync(at.workspace)).toBe(false)
  })

  test('with a file in a folder’s place says so without a stack trace, and can be given again', async () => {
    const at = place()
    writeFileSync(at.drop, 'a file')
    const ended = await init(at)
    expect(ended).toMatchObject({ status: 2, stdout: '' })
    expect(ended.stderr).toContain(at.drop)
    expect(ended.stderr).not.toMatch(/\n\s+at /)
    renameSync(at.drop, `${at.drop}-away`)
    expect(await init(at)).toMatchObject({ status: 0, stderr: '' })
  })

  test('with every folder inside the workspace', async () => {
    const at = place()
    const inside = { ...at, intake: join(at.workspace, 'in'), drop: join(at.workspace, 'out') }
    expect(await init(inside)).toMatchObject({ status: 0, stderr: '' })
    expect(existsSync(inside.intake) && existsSync(inside.drop)).toBe(true)
  })

  test('with the intake as a destination is refused', async () => {
    const at = place()
    const ended = await cli(at, 'init', '--intake', at.intake, '--destination', `A=ubl-order:${at.intake}`)
    expect(ended).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('intake folder is a destination') })
    expect(await init(at)).toMatchObject({ status: 0 })
  })
})

describe('in a workspace', () => {
  let at: Place
  beforeEach(async () => {
    at = place()
    expect(await init(at)).toMatchObject({ status: 0, stderr: '' })
    writeFileSync(join(at.intake, 'orders.json'), toOrderJson([numberedOrder(1), unwritableOrder(2)]))
  })

  test('sync runs all tasks in order or one; runs lists them', async () => {
    const read = await json<{ runs: RunRow[] }>(at, 0, 'sync', '--task', 'Read Orders')
    expect(read.runs).toMatchObject([{ task: 'Read Orders', trigger: 'command line', actor: personName(), outcome: 'done', doneCount: 2 }])
    const all = await json<{ runs: RunRow[] }>(at, 1, 'sync')
    expect(all.runs.map((run) => run.task)).toEqual([...WHOLE_SYNC])
    expect(all.runs.at(-1)).toMatchObject({ outcome: 'some failed', doneCount: 1, failedCount: 1 })
    expect(filesIn(at.drop)).toHaveLength(1)
    const { runs } = await json<{ runs: RunRow[] }>(at, 0, 'runs')
    expect(runs.map((run) => run.id)).toEqual([...all.runs.map((run) => run.id).reverse(), ...read.runs.map((run) => run.id)])
    expect((await cli(at, 'runs')).stdout.split('\n')[0]).toMatch(/^Task +Started/)
  })

  test('orders and order show what the screens show', async () => {
    await cli(at, 'sync')
    const failed = await json<{ orders: OrderRow[] }>(at, 0, 'orders', '--sync-state', 'failed')
    expect(failed.orders.map((order) => [order.number, order.status])).toEqual([['W0002', 'Processing']])
    const sent = await json<{ orders: OrderRow[] }>(at, 0, 'orders', '--status', 'Processing', '--sync-state', 'sent')
    expect(sent.orders.map((order) => order.number)).toEqual(['W0001'])
    expect((await cli(at, 'orders')).stdout).toMatch(/^Number .*\nW0002 .*FARTOOLONGCODE.*\nW0001 .*Processing.*sent\n$/s)
    const order = await json<OrderDetails>(at, 0, 'order', 'W0002')
    expect(order).toMatchObject({ number: 'W0002', syncState: 'failed' })
    expect((await cli(at, 'order', 'W0002')).stdout).toContain(`Sync error: ${order.syncError?.message}`)
  })

  test('set-status sends a corrected order, and a sent one again only when that is confirmed', async () => {
    await cli(at, 'sync')
    writeFileSync(join(at.intake, 'corrected.json'), toOrderJson([numberedOrder(2)]))
    await json(at, 0, 'sync', '--task', 'Read Orders')
    expect(await cli(at, 'set-status', 'W0002', 'Pending', '--notify', '--append')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('mail-not-configured'),
    })
    const pending = await json<OrderDetails>(at, 0, 'set-status', 'W0002', 'pending', '--comments', 'Corrected')
    expect(pending).toMatchObject({ status: 'Pending', syncState: 'waiting', syncError: null })
    expect(pending.timeline.at(-1)).toMatchObject({ kind: 'status', actor: personName(), details: 'Corrected' })
    await json(at, 0, 'sync', '--task', 'Write Order')
    expect(filesIn(at.drop)).toHaveLength(2)
    const asked = await cli(at, 'set-status', 'W0002', 'Pending')
    expect(asked).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('confirm-resend') })
    await json(at, 0, 'set-status', 'W0002', 'Pending', '--confirm-resend')
    await json(at, 0, 'sync', '--task', 'Write Order')
    expect(filesIn(at.drop)).toHaveLength(3)
  })

  test('of several orders with the same number none is changed before it is said which; by source or id it can be', async () => {
    await cli(at, 'sync', '--task', 'Read Orders')
    const second = join(at.folder, 'second')
    mkdirSync(second)
    const engine = await createEngine({ workspaceFolder: at.workspace, canCreate: false, version: '0', clock: systemClock, log: SILENT })
    const { destinations } = (await value(engine, 'settings.get', {})) as SyncSettings
    await value(engine, 'settings.saveSource', { name: 'Second', folder: second, destinationId: destinations[0]?.id })
    await engine.stop()
    writeFileSync(
      join(second, 'same.json'),
      toOrderJson([numberedOrder(1, { totalMinor: 777, customer: { ...numberedOrder(1).customer, email: 'other@example.com' } })]),
    )
    await cli(at, 'sync', '--task', 'Read Orders')
    const { orders } = await json<{ orders: OrderRow[] }>(at, 0, 'orders')
    const twins = orders.filter(({ number }) => number === 'W0001')
    expect(twins.map(({ sourceName }) => sourceName).sort()).toEqual(['Intake folder', 'Second'])

    for (const words of [
      ['set-status', 'W0001', 'Cancelled'],
      ['order', 'W0001'],
    ]) {
      const refused = await cli(at, ...words)
      expect(refused).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('order-ambiguous') })
      for (const { id, sourceName } of twins) expect(refused.stderr).toContain(`id ${id} from ${sourceName} (Pending, waiting)`)
    }
    expect((await json<{ orders: OrderRow[] }>(at, 0, 'orders', '--status', 'Cancelled')).orders).toEqual([])

    const bySource = await json<OrderDetails>(at, 0, 'set-status', 'W0001', 'Cancelled', '--source', 'intake folder')
    expect(bySource).toMatchObject({ sourceName: 'Intake folder', status: 'Cancelled' })
    const other = twins.find(({ sourceName }) => sourceName === 'Second')
    const byId = await json<OrderDetails>(at, 0, 'set-status', 'W0001', 'On Hold', '--id', String(other?.id))
    expect(byId).toMatchObject({ id: other?.id, status: 'On Hold' })
    expect(await cli(at, 'order', 'W0002', '--id', String(other?.id))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('order-missing'),
    })
    expect(await cli(at, 'order', 'W0001', '--id', 'x')).toMatchObject({ status: 2, stderr: expect.stringContaining('--id x') })
  })

  test('order shows what the window asks to check, e.g. a partial refund', async () => {
    const document = wooOrder({ refunds: [{ id: 1, total: '-10.00' }] })
    writeFileSync(join(at.intake, 'refunded.json'), JSON.stringify([document]))
    await json(at, 0, 'sync', '--task', 'Read Orders')
    const { stdout } = await cli(at, 'order', String(document.number))
    expect(stdout).toContain('Please check:\n- The store has refunded 10.00 AUD of this order; the order was read as it was placed.')
    expect((await cli(at, 'order', 'W0001')).stdout).not.toContain('Please check')
  })

  test('an hour of commands from a script that found nothing to do is one line per task in the history', async () => {
    await cli(at, 'sync')
    await cli(at, 'sync')
    const before = (await json<{ runs: RunRow[] }>(at, 0, 'runs')).runs.length
    for (let time = 0; time < 3; time++) await cli(at, 'sync')
    const { runs } = await json<{ runs: RunRow[] }>(at, 0, 'runs')
    expect(runs).toHaveLength(before)
    expect(runs.filter(({ task, outcome }) => task === 'Write Order' && outcome === 'some failed')).toHaveLength(1)
  })

  test('restore --from a folder says that it is a folder, and names the newest backup in it', async () => {
    await json(at, 0, 'backup')
    const folder = join(at.workspace, 'backups')
    const refused = await cli(at, 'restore', '--from', folder)
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    expect(refused.stderr).toContain(`${folder} is a folder, not a backup.`)
    expect(refused.stderr).toContain(join(folder, filesIn(folder).at(-1) ?? '?'))
    expect(refused.stderr).not.toContain('disk I/O error')
    expect((await cli(at, 'restore', '--from', at.intake)).stderr).toContain('It has no backups in it.')
  })

  test('backup --to copies the backup that was just made, not one that a wrong clock dated in the future', async () => {
    await json(at, 0, 'backup')
    const folder = join(at.workspace, 'backups')
    const [first = ''] = filesIn(folder)
    copyFileSync(join(folder, first), join(folder, first.replace(/-20\d\d-/, '-2099-')))
    const to = join(at.folder, 'copies')
    const { backup } = await json<{ backup: BackupRow }>(at, 0, 'backup', '--to', to)
    expect(backup.at < new Date().toISOString()).toBe(true)
    expect(filesIn(to)).toEqual([basename(backup.file)])
    expect(filesIn(to)).not.toContain(first)
  })

  test('an order that is not there: status 1', async () => {
    expect(await cli(at, 'order', 'W9999')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('order-missing') })
  })

  test('a workspace that is open elsewhere: status 3, said on standard error, also with --json', async () => {
    const orders: ChildOrders = { workspaceFolder: at.workspace, now: '2026-04-07T01:00:00.000Z', tasks: [] }
    const other = engineChild.start([JSON.stringify(orders)])
    expect(await other.line()).toBe('open')
    expect(await cli(at, 'sync', '--json')).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('workspace-locked') })
  })

  test('a drop folder that is away: status 1; back again: status 0', async () => {
    await json(at, 0, 'sync', '--task', 'Read Orders')
    await json(at, 0, 'set-status', 'W0002', 'Cancelled')
    renameSync(at.drop, `${at.drop}-away`)
    expect((await cli(at, 'sync', '--task', 'Write Order')).status).toBe(1)
    renameSync(`${at.drop}-away`, at.drop)
    expect((await cli(at, 'sync', '--task', 'Write Order')).status).toBe(0)
  })
})

test.for([
  ['a status that is none', ['set-status', 'W0001', 'Lost'], 'there is no status Lost'],
  ['--append without --notify', ['set-status', 'W0001', 'Pending', '--append'], '--append goes with --notify'],
  ['a task that is none', ['sync', '--task', 'Fly'], 'Write Order'],
  ['a filter that is none', ['orders', '--sync-state', 'lost'], 'needs review'],
  ['an option that is none', ['orders', '--colour', 'red'], '--colour'],
  ['too many words', ['order', 'a', 'b'], 'too many arguments'],
  ['a missing word', ['set-status', 'W0001'], 'missing required argument'],
  ['a command that is none', ['fly'], 'unknown command'],
] as const)('wrong usage: %s', async ([, words, message]) => {
  const ended = await cli(place(), ...words)
  expect(ended).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(message) })
  expect(ended.stderr).not.toMatch(/\n\s+at /)
})

describe('without a workspace', () => {
  test.for([
    ['nothing there', () => {}, 'workspace-missing'],
    ['other files there', (folder: string) => mkdirSync(join(folder, 'photos'), { recursive: true }), 'workspace-missing'],
    [
      'a damaged database',
      (folder: string) => {
        mkdirSync(folder, { recursive: true })
        writeFileSync(join(folder, 'ledgerdrop.db'), 'no database'.repeat(1000))
      },
      'database-damaged',
    ],
  ] as const)('%s: status 3', async ([, prepare, code]) => {
    const at = place()
    prepare(at.workspace)
    for (const words of [['sync'], ['runs', '--json']]) {
      expect(await cli(at, ...words)).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining(code) })
    }
  })

  test('no --workspace at all is wrong usage', async () => {
    expect(await program.run(['orders'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('--workspace') })
  })

  test.for(['--help', '--version'])('%s: status 0', async (word) => {
    const ended = await program.run([word])
    expect(ended).toMatchObject({ status: 0, stderr: '' })
    if (word === '--version') expect(ended.stdout.trim()).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version)
  })

  test('no command at all shows what there is', async () => {
    expect(await program.run([])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('set-status') })
  })
})

describe('staff set-password', () => {
  test('sets a forgotten password, read from standard input, and says who there is', async () => {
    const at = place()
    await init(at)
    const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
    const open = () => createEngine({ workspaceFolder: at.workspace, canCreate: false, version: '0', clock: systemClock, log: silent })
    const first = await open()
    expect(await first.executeForWindow('staff.createFirst', { name: 'Ann', password: 'forgotten one' })).toMatchObject({ ok: true })
    await first.stop()
    const set = (name: string, input: string) => program.run(['staff', 'set-password', name, '--workspace', at.workspace], input)
    expect(await set('Bob', 'whatever it is\n')).toMatchObject({ status: 1, stderr: expect.stringContaining('There are: Ann.') })
    expect(await set('Ann', 'short\n')).toMatchObject({ status: 1, stderr: expect.stringContaining('password-too-short') })
    expect(await set('ann', 'a new password\n')).toMatchObject({ status: 0, stdout: expect.stringContaining('Ann has a new password') })
    const again = await open()
    expect(await again.executeForWindow('session.signIn', { name: 'Ann', password: 'forgotten one' })).toMatchObject({ ok: false })
    expect(await again.executeForWindow('session.signIn', { name: 'Ann', password: 'a new password' })).toMatchObject({ ok: true })
    await again.stop()
    expect(readFileSync(join(at.workspace, 'logs', 'engine.log'), 'utf8')).not.toContain('a new password')
  })
})

describe('a workspace that was copied', () => {
  /** A workspace with one order that waits, and a copy of it at another place. */
  async function copied(): Promise<{ original: Place; copy: Place }> {
    const original = place()
    await init(original)
    writeFileSync(join(original.intake, 'a.json'), toOrderJson([numberedOrder(1)]))
    await cli(original, 'sync', '--task', 'Read Orders')
    const copy = { ...original, workspace: join(temporaryFolder(), 'workspace') }
    cpSync(original.workspace, copy.workspace, { recursive: true })
    return { original, copy }
  }

  test('doctor says so, sync does nothing and says why, continue-here lets it work', async () => {
    const { original, copy } = await copied()
    const before = await cli(copy, 'doctor')
    expect(before).toMatchObject({ status: 1 })
    expect(before.stdout).toMatch(/WRONG +Which copy +the workspace was copied or moved/)
    const refused = await cli(copy, 'sync')
    expect(refused).toMatchObject({ status: 1 })
    expect(refused.stdout).toContain(original.workspace)
    expect(filesIn(original.drop)).toEqual([])
    expect(await cli(copy, 'continue-here')).toMatchObject({ status: 0, stdout: 'This workspace continues here.\n' })
    expect((await cli(copy, 'doctor')).stdout).toMatch(/ok +Which copy/)
    expect(await cli(copy, 'sync')).toMatchObject({ status: 0 })
    expect(filesIn(original.drop)).toHaveLength(1)
    expect(await cli(copy, 'continue-here')).toMatchObject({ status: 1, stderr: expect.stringContaining('nothing-to-decide') })
  })

  test('this-is-a-copy makes it a workspace of its own, whose orders need review', async () => {
    const { original, copy } = await copied()
    const decided = await cli(copy, 'this-is-a-copy')
    expect(decided).toMatchObject({ status: 0, stdout: expect.stringContaining('1 order needs review') })
    await cli(copy, 'sync', '--task', 'Write Order')
    expect(filesIn(original.drop)).toEqual([])
    await cli(original, 'sync', '--task', 'Write Order')
    expect(filesIn(original.drop)).toHaveLength(1)
  })
})
