import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { unzipSync } from 'fflate'
import { beforeEach, describe, expect, test } from 'vitest'
import { createEngine, type Engine, systemClock } from '../../src-main/engine/engine'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import { userName } from '../../src-main/engine-thread/user-name'
import type { BackupRow, OrderDetails, OrderRow, RunRow, SupportBundle, SyncSettings } from '../../src-shared/contract/contract'
import { WHOLE_SYNC } from '../../src-shared/contract/contract'
import type { ChildOptions } from '../support/engine-child'
import { filesIn, numberedOrder, unwritableOrder } from '../support/office'
import { temporaryFolder } from '../support/temporary-folder'
import { type ChildResult, tsProgram } from '../support/ts-child'
import { wooOrder } from '../unit/src-main/engine/importers/documents'

const program = tsProgram('src-main/cli/cli.ts')
const engineChild = tsProgram('tests/support/engine-child.ts')

/** A folder name with special characters that this system allows. */
const SPECIAL_NAME = process.platform === 'win32' ? 'old = drop' : 'old: drop'

/** The paths of a workspace, an intake folder and a drop folder, as `init` creates them. */
interface Paths {
  folder: string
  workspace: string
  intake: string
  drop: string
}

function temporaryPaths(): Paths {
  const folder = temporaryFolder()
  return { folder, workspace: join(folder, 'workspace'), intake: join(folder, 'intake'), drop: join(folder, 'drop') }
}

function runCli(paths: Paths, ...args: string[]): Promise<ChildResult> {
  return program.run([...args, '--workspace', paths.workspace])
}

/**
 * Runs a command with `--json` and returns its output, which must be exactly one JSON document. Standard error must be
 * empty.
 */
async function runJson<T>(paths: Paths, status: number, ...args: string[]): Promise<T> {
  const result = await runCli(paths, ...args, '--json')
  expect(result, args.join(' ')).toMatchObject({ status, stderr: '' })
  return JSON.parse(result.stdout) as T
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Runs a command in the given engine and returns its value. A refusal fails the test. */
async function execute(engine: Engine, name: string, input: unknown): Promise<unknown> {
  const result = await engine.execute(name, input, { actor: 'Ann', role: 'administrator' })
  if (!result.ok) throw new Error(`${name} was refused: ${result.error.message}`)
  return result.value
}

function init(paths: Paths): Promise<ChildResult> {
  return runCli(paths, 'init', '--intake', paths.intake, '--destination', `Attaché=attache-xmlkfi:${paths.drop}`)
}

describe('hostile text', () => {
  const evil = '\u001b[2J\u001b]0;evil\u0007\u009b31mJane\r\u0008'

  test('in an order sends no control characters to the terminal; scripts get it unchanged', async () => {
    const paths = temporaryPaths()
    await init(paths)
    const order = numberedOrder(1, { number: `W${evil}` })
    writeFileSync(
      join(paths.intake, process.platform === 'win32' ? 'a.json' : `a${evil}.json`),
      toOrderJson([{ ...order, customer: { ...order.customer, name: evil } }]),
    )
    writeFileSync(join(paths.intake, process.platform === 'win32' ? 'b.json' : `b${evil}.json`), 'no order')
    const outputs = [
      await runCli(paths, 'sync'),
      await runCli(paths, 'orders'),
      await runCli(paths, 'orders', '--json'),
      await runCli(paths, 'runs'),
      await runCli(paths, 'order', evil),
    ]
    for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toMatch(/(?![\n\t])\p{Cc}/u)
    const { orders } = await runJson<{ orders: OrderRow[] }>(paths, 0, 'orders')
    expect(orders).toMatchObject([{ number: expect.stringContaining('\u009b31m') }])
  })

  test('in a path, or an empty path, is wrong usage and creates nothing', async () => {
    const paths = temporaryPaths()
    expect(await runCli(paths, 'init', '--intake', '', '--destination', `A=attache-kfi:${paths.drop}`)).toMatchObject({ status: 2 })
    expect(await runCli(paths, 'init', '--intake', `${paths.intake}\n`, '--destination', `A=attache-kfi:${paths.drop}`)).toMatchObject({
      status: 2,
    })
    expect(await runCli(paths, 'init', '--intake', paths.intake, '--destination', `A=attache-kfi:${paths.drop}\u0007`)).toMatchObject({
      status: 2,
    })
    expect(readdirSync(paths.folder)).toEqual([])
    await init(paths)
    expect(await runCli(paths, 'export-orders', '')).toMatchObject({ status: 2 })
    expect(await runCli(paths, 'export-orders', join(paths.workspace, 'ledgerdrop.db'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('folder-in-use'),
    })
    expect(await runCli(paths, 'orders')).toMatchObject({ status: 0 })
  })
})

describe('support-bundle', () => {
  test('saves a zip file about an order and prints its path; an unknown order is refused', async () => {
    const paths = temporaryPaths()
    await runCli(paths, 'demo')
    const bundle = await runJson<SupportBundle>(paths, 0, 'support-bundle', '--order', 'W2210', '--text', 'It did not arrive')
    const files = unzipSync(readFileSync(join(bundle.folder, bundle.fileName)))
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['ticket.txt', 'versions.json', 'order/timeline.json']))
    expect(bundle).toMatchObject({ folder: join(paths.workspace, 'support'), hasPersonalData: false })
    expect(await runCli(paths, 'support-bundle', '--order', 'NOPE')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('order-missing'),
    })
  })
})

describe('demo', () => {
  test('creates a workspace with orders and three destinations, writes the orders and lists their files; running it again changes nothing', async () => {
    const paths = temporaryPaths()
    const first = await runCli(paths, 'demo')
    expect(first).toMatchObject({ status: 0, stderr: '' })
    for (const drop of ['ubl', 'attache-xml', 'attache-kfi']) {
      const folder = join(paths.workspace, 'drops', drop)
      expect(filesIn(folder).length).toBeGreaterThan(0)
      for (const name of filesIn(folder)) expect(first.stdout).toContain(join(folder, name))
    }
    const again = await runJson<{ runs: RunRow[]; orders: OrderRow[]; drops: { files: string[] }[] }>(paths, 0, 'demo')
    expect(again.runs.map((run) => run.task)).toEqual([...WHOLE_SYNC])
    expect(again.orders.length).toBeGreaterThan(0)
    expect(again.orders.filter((order) => order.syncError !== null)).toEqual([])
    const sent = again.orders.filter((order) => order.syncState === 'sent')
    expect(sent.length).toBeGreaterThan(2)
    expect(again.drops.flatMap((drop) => drop.files)).toHaveLength(sent.length)
  })
})

describe('init', () => {
  test('creates an empty workspace; the first destination is the default', async () => {
    const paths = temporaryPaths()
    const destinations = [
      '--destination',
      `Books=ubl-order:${paths.drop}`,
      '--destination',
      `Old=books=attache-kfi:${paths.folder}/${SPECIAL_NAME}`,
    ]
    const wrong = await runCli(paths, 'init', '--intake', paths.intake, ...destinations)
    expect(wrong).toMatchObject({ status: 2, stdout: '' })
    expect(existsSync(paths.workspace)).toBe(false)
    const created = await runJson<SyncSettings & { workspace: string }>(
      paths,
      0,
      ...[
        'init',
        '--intake',
        paths.intake,
        '--destination',
        `Books=ubl-order:${paths.drop}`,
        '--destination',
        `Old=attache-kfi:${paths.folder}/${SPECIAL_NAME}`,
      ],
    )
    expect(created.workspace).toBe(paths.workspace)
    expect(created.destinations.map(({ name, profile, folder, isDefault }) => [name, profile, folder, isDefault])).toEqual([
      ['Books', 'ubl-order', paths.drop, true],
      ['Old', 'attache-kfi', join(paths.folder, SPECIAL_NAME), false],
    ])
    expect(created.sources).toMatchObject([{ folder: paths.intake, destinationId: created.destinations[0]?.id }])
    expect(existsSync(paths.intake) && existsSync(paths.drop)).toBe(true)
    expect(await runJson(paths, 0, 'orders')).toEqual({ orders: [] })
    expect(await init(paths)).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('workspace-exists') })
  })

  test.for([
    ['without a profile', ['--destination', 'Books:folder'], /NAME=PROFILE:FOLDER/],
    ['with an unknown profile', ['--destination', 'Books=sap:folder'], /no profile sap/],
    ['with a duplicate name', ['--destination', 'A=ubl-order:a', '--destination', 'A=ubl-order:b'], /same name/],
    ['without a destination', [], /--destination/],
  ] as const)('%s is wrong usage and creates nothing', async ([, args, message]) => {
    const paths = temporaryPaths()
    const result = await runCli(paths, 'init', '--intake', paths.intake, ...args)
    expect(result).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(message) })
    expect(existsSync(paths.workspace)).toBe(false)
  })

  test('with a file in place of a folder says so without a stack trace, and can be repeated', async () => {
    const paths = temporaryPaths()
    writeFileSync(paths.drop, 'a file')
    const result = await init(paths)
    expect(result).toMatchObject({ status: 2, stdout: '' })
    expect(result.stderr).toContain(paths.drop)
    expect(result.stderr).not.toMatch(/\n\s+at /)
    renameSync(paths.drop, `${paths.drop}-away`)
    expect(await init(paths)).toMatchObject({ status: 0, stderr: '' })
  })

  test('works with every folder inside the workspace', async () => {
    const paths = temporaryPaths()
    const inside = { ...paths, intake: join(paths.workspace, 'in'), drop: join(paths.workspace, 'out') }
    expect(await init(inside)).toMatchObject({ status: 0, stderr: '' })
    expect(existsSync(inside.intake) && existsSync(inside.drop)).toBe(true)
  })

  test('is refused if the intake folder is also used by a destination', async () => {
    const paths = temporaryPaths()
    const result = await runCli(paths, 'init', '--intake', paths.intake, '--destination', `A=ubl-order:${paths.intake}`)
    expect(result).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('intake folder is also used by a destination') })
    expect(await init(paths)).toMatchObject({ status: 0 })
  })
})

describe('in a workspace', () => {
  let paths: Paths
  beforeEach(async () => {
    paths = temporaryPaths()
    expect(await init(paths)).toMatchObject({ status: 0, stderr: '' })
    writeFileSync(join(paths.intake, 'orders.json'), toOrderJson([numberedOrder(1), unwritableOrder(2)]))
  })

  test('sync runs all tasks in order, or a single task; runs lists the runs', async () => {
    const read = await runJson<{ runs: RunRow[] }>(paths, 0, 'sync', '--task', 'Read Orders')
    expect(read.runs).toMatchObject([{ task: 'Read Orders', trigger: 'command line', actor: userName(), outcome: 'done', doneCount: 2 }])
    const all = await runJson<{ runs: RunRow[] }>(paths, 1, 'sync')
    expect(all.runs.map((run) => run.task)).toEqual([...WHOLE_SYNC])
    expect(all.runs.at(-1)).toMatchObject({ outcome: 'some failed', doneCount: 1, failedCount: 1 })
    expect(filesIn(paths.drop)).toHaveLength(1)
    const { runs } = await runJson<{ runs: RunRow[] }>(paths, 0, 'runs')
    expect(runs.map((run) => run.id)).toEqual([...all.runs.map((run) => run.id).reverse(), ...read.runs.map((run) => run.id)])
    expect((await runCli(paths, 'runs')).stdout.split('\n')[0]).toMatch(/^Task +Started/)
  })

  test('orders and order show what the screens show', async () => {
    await runCli(paths, 'sync')
    const failed = await runJson<{ orders: OrderRow[] }>(paths, 0, 'orders', '--sync-state', 'failed')
    expect(failed.orders.map((order) => [order.number, order.status])).toEqual([['W0002', 'Processing']])
    const sent = await runJson<{ orders: OrderRow[] }>(paths, 0, 'orders', '--status', 'Processing', '--sync-state', 'sent')
    expect(sent.orders.map((order) => order.number)).toEqual(['W0001'])
    expect((await runCli(paths, 'orders')).stdout).toMatch(/^Number .*\nW0002 .*FARTOOLONGCODE.*\nW0001 .*Processing.*sent\n$/s)
    const order = await runJson<OrderDetails>(paths, 0, 'order', 'W0002')
    expect(order).toMatchObject({ number: 'W0002', syncState: 'failed' })
    expect((await runCli(paths, 'order', 'W0002')).stdout).toContain(`Sync error: ${order.syncError?.message}`)
  })

  test('set-status sends a corrected order, and sends an order again only if that is confirmed', async () => {
    await runCli(paths, 'sync')
    writeFileSync(join(paths.intake, 'corrected.json'), toOrderJson([numberedOrder(2)]))
    await runJson(paths, 0, 'sync', '--task', 'Read Orders')
    expect(await runCli(paths, 'set-status', 'W0002', 'Pending', '--notify', '--append')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('mail-not-configured'),
    })
    const pending = await runJson<OrderDetails>(paths, 0, 'set-status', 'W0002', 'pending', '--comments', 'Corrected')
    expect(pending).toMatchObject({ status: 'Pending', syncState: 'waiting', syncError: null })
    expect(pending.timeline.at(-1)).toMatchObject({ kind: 'status', actor: userName(), details: 'Corrected' })
    await runJson(paths, 0, 'sync', '--task', 'Write Order')
    expect(filesIn(paths.drop)).toHaveLength(2)
    const refused = await runCli(paths, 'set-status', 'W0002', 'Pending')
    expect(refused).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('confirm-resend') })
    await runJson(paths, 0, 'set-status', 'W0002', 'Pending', '--confirm-resend')
    await runJson(paths, 0, 'sync', '--task', 'Write Order')
    expect(filesIn(paths.drop)).toHaveLength(3)
  })

  test('an order number that several orders have is refused; --source or --id selects one of them', async () => {
    await runCli(paths, 'sync', '--task', 'Read Orders')
    const second = join(paths.folder, 'second')
    mkdirSync(second)
    const engine = await createEngine({ workspaceFolder: paths.workspace, canCreate: false, version: '0', clock: systemClock, log: SILENT })
    const { destinations } = (await execute(engine, 'settings.get', {})) as SyncSettings
    await execute(engine, 'settings.saveSource', { name: 'Second', folder: second, destinationId: destinations[0]?.id })
    await engine.stop()
    writeFileSync(
      join(second, 'same.json'),
      toOrderJson([numberedOrder(1, { totalMinor: 777, customer: { ...numberedOrder(1).customer, email: 'other@example.com' } })]),
    )
    await runCli(paths, 'sync', '--task', 'Read Orders')
    const { orders } = await runJson<{ orders: OrderRow[] }>(paths, 0, 'orders')
    const duplicates = orders.filter(({ number }) => number === 'W0001')
    expect(duplicates.map(({ sourceName }) => sourceName).sort()).toEqual(['Intake folder', 'Second'])

    for (const args of [
      ['set-status', 'W0001', 'Cancelled'],
      ['order', 'W0001'],
    ]) {
      const refused = await runCli(paths, ...args)
      expect(refused).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('order-ambiguous') })
      for (const { id, sourceName } of duplicates) expect(refused.stderr).toContain(`id ${id} from ${sourceName} (Pending, waiting)`)
    }
    expect((await runJson<{ orders: OrderRow[] }>(paths, 0, 'orders', '--status', 'Cancelled')).orders).toEqual([])

    const bySource = await runJson<OrderDetails>(paths, 0, 'set-status', 'W0001', 'Cancelled', '--source', 'intake folder')
    expect(bySource).toMatchObject({ sourceName: 'Intake folder', status: 'Cancelled' })
    const other = duplicates.find(({ sourceName }) => sourceName === 'Second')
    const byId = await runJson<OrderDetails>(paths, 0, 'set-status', 'W0001', 'On Hold', '--id', String(other?.id))
    expect(byId).toMatchObject({ id: other?.id, status: 'On Hold' })
    expect(await runCli(paths, 'order', 'W0002', '--id', String(other?.id))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('order-missing'),
    })
    expect(await runCli(paths, 'order', 'W0001', '--id', 'x')).toMatchObject({ status: 2, stderr: expect.stringContaining('--id x') })
  })

  test('order shows the same warnings as the window, e.g. a partial refund', async () => {
    const document = wooOrder({ refunds: [{ id: 1, total: '-10.00' }] })
    writeFileSync(join(paths.intake, 'refunded.json'), JSON.stringify([document]))
    await runJson(paths, 0, 'sync', '--task', 'Read Orders')
    const { stdout } = await runCli(paths, 'order', String(document.number))
    expect(stdout).toContain('Please check:\n- The store has refunded 10.00 AUD of this order; the order was read as it was placed.')
    expect((await runCli(paths, 'order', 'W0001')).stdout).not.toContain('Please check')
  })

  test('commands that a script repeats and that find nothing to do add no runs to the history', async () => {
    await runCli(paths, 'sync')
    await runCli(paths, 'sync')
    const before = (await runJson<{ runs: RunRow[] }>(paths, 0, 'runs')).runs.length
    for (let run = 0; run < 3; run++) await runCli(paths, 'sync')
    const { runs } = await runJson<{ runs: RunRow[] }>(paths, 0, 'runs')
    expect(runs).toHaveLength(before)
    expect(runs.filter(({ task, outcome }) => task === 'Write Order' && outcome === 'some failed')).toHaveLength(1)
  })

  test('restore --from with a folder says that a folder was given and names the newest backup in it', async () => {
    await runJson(paths, 0, 'backup')
    const folder = join(paths.workspace, 'backups')
    const refused = await runCli(paths, 'restore', '--from', folder)
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    expect(refused.stderr).toContain(`${folder} is a folder, not a backup.`)
    expect(refused.stderr).toContain(join(folder, filesIn(folder).at(-1) ?? '?'))
    expect(refused.stderr).not.toContain('disk I/O error')
    expect((await runCli(paths, 'restore', '--from', paths.intake)).stderr).toContain('It contains no backups.')
  })

  test('backup --to copies the new backup, not one that a wrong clock dated in the future', async () => {
    await runJson(paths, 0, 'backup')
    const folder = join(paths.workspace, 'backups')
    const [first = ''] = filesIn(folder)
    copyFileSync(join(folder, first), join(folder, first.replace(/-20\d\d-/, '-2099-')))
    const to = join(paths.folder, 'copies')
    const { backup } = await runJson<{ backup: BackupRow }>(paths, 0, 'backup', '--to', to)
    expect(backup.at < new Date().toISOString()).toBe(true)
    expect(filesIn(to)).toEqual([basename(backup.file)])
    expect(filesIn(to)).not.toContain(first)
  })

  test('an unknown order: status 1', async () => {
    expect(await runCli(paths, 'order', 'W9999')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('order-missing') })
  })

  test('a workspace that is open elsewhere: status 3 and a message on standard error, also with --json', async () => {
    const options: ChildOptions = { workspaceFolder: paths.workspace, now: '2026-04-07T01:00:00.000Z', tasks: [] }
    const other = engineChild.start([JSON.stringify(options)])
    expect(await other.nextLine()).toBe('open')
    expect(await runCli(paths, 'sync', '--json')).toMatchObject({
      status: 3,
      stdout: '',
      stderr: expect.stringContaining('workspace-locked'),
    })
  })

  test('a missing drop folder: status 1; when it is back: status 0', async () => {
    await runJson(paths, 0, 'sync', '--task', 'Read Orders')
    await runJson(paths, 0, 'set-status', 'W0002', 'Cancelled')
    renameSync(paths.drop, `${paths.drop}-away`)
    expect((await runCli(paths, 'sync', '--task', 'Write Order')).status).toBe(1)
    renameSync(`${paths.drop}-away`, paths.drop)
    expect((await runCli(paths, 'sync', '--task', 'Write Order')).status).toBe(0)
  })
})

test.for([
  ['an unknown status', ['set-status', 'W0001', 'Lost'], 'there is no status Lost'],
  ['--append without --notify', ['set-status', 'W0001', 'Pending', '--append'], '--append requires --notify'],
  ['an unknown task', ['sync', '--task', 'Fly'], 'Write Order'],
  ['an unknown filter value', ['orders', '--sync-state', 'lost'], 'needs review'],
  ['an unknown option', ['orders', '--colour', 'red'], '--colour'],
  ['too many arguments', ['order', 'a', 'b'], 'too many arguments'],
  ['a missing argument', ['set-status', 'W0001'], 'missing required argument'],
  ['an unknown command', ['fly'], 'unknown command'],
] as const)('wrong usage: %s', async ([, args, message]) => {
  const result = await runCli(temporaryPaths(), ...args)
  expect(result).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(message) })
  expect(result.stderr).not.toMatch(/\n\s+at /)
})

describe('without a workspace', () => {
  test.for([
    ['a missing folder', () => {}, 'workspace-missing'],
    ['a folder with other files', (folder: string) => mkdirSync(join(folder, 'photos'), { recursive: true }), 'workspace-missing'],
    [
      'a damaged database',
      (folder: string) => {
        mkdirSync(folder, { recursive: true })
        writeFileSync(join(folder, 'ledgerdrop.db'), 'no database'.repeat(1000))
      },
      'database-damaged',
    ],
  ] as const)('%s: status 3', async ([, prepare, code]) => {
    const paths = temporaryPaths()
    prepare(paths.workspace)
    for (const args of [['sync'], ['runs', '--json']]) {
      expect(await runCli(paths, ...args)).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining(code) })
    }
  })

  test('a missing --workspace is wrong usage', async () => {
    expect(await program.run(['orders'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('--workspace') })
  })

  test.for(['--help', '--version'])('%s: status 0', async (option) => {
    const result = await program.run([option])
    expect(result).toMatchObject({ status: 0, stderr: '' })
    if (option === '--version') expect(result.stdout.trim()).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version)
  })

  test('without a command, the available commands are listed', async () => {
    expect(await program.run([])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('set-status') })
  })
})

describe('staff set-password', () => {
  test('replaces a forgotten password with one from standard input, and lists the staff for an unknown name', async () => {
    const paths = temporaryPaths()
    await init(paths)
    const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
    const open = () => createEngine({ workspaceFolder: paths.workspace, canCreate: false, version: '0', clock: systemClock, log: silent })
    const first = await open()
    expect(await first.executeForWindow('staff.createFirst', { name: 'Ann', password: 'forgotten one' })).toMatchObject({ ok: true })
    await first.stop()
    const set = (name: string, input: string) => program.run(['staff', 'set-password', name, '--workspace', paths.workspace], input)
    expect(await set('Bob', 'whatever it is\n')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('The staff members are: Ann.'),
    })
    expect(await set('Ann', 'short\n')).toMatchObject({ status: 1, stderr: expect.stringContaining('password-too-short') })
    expect(await set('ann', 'a new password\n')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('The password of Ann was changed'),
    })
    const again = await open()
    expect(await again.executeForWindow('session.signIn', { name: 'Ann', password: 'forgotten one' })).toMatchObject({ ok: false })
    expect(await again.executeForWindow('session.signIn', { name: 'Ann', password: 'a new password' })).toMatchObject({ ok: true })
    await again.stop()
    expect(readFileSync(join(paths.workspace, 'logs', 'engine.log'), 'utf8')).not.toContain('a new password')
  })
})

describe('a workspace that was copied', () => {
  /** Creates a workspace with one waiting order, and a copy of the workspace in another folder. */
  async function createCopy(): Promise<{ original: Paths; copy: Paths }> {
    const original = temporaryPaths()
    await init(original)
    writeFileSync(join(original.intake, 'a.json'), toOrderJson([numberedOrder(1)]))
    await runCli(original, 'sync', '--task', 'Read Orders')
    const copy = { ...original, workspace: join(temporaryFolder(), 'workspace') }
    cpSync(original.workspace, copy.workspace, { recursive: true })
    return { original, copy }
  }

  test('is reported by doctor; sync does nothing and says why until continue-here', async () => {
    const { original, copy } = await createCopy()
    const before = await runCli(copy, 'doctor')
    expect(before).toMatchObject({ status: 1 })
    expect(before.stdout).toMatch(/PROBLEM +Workspace copy +the workspace was copied or moved/)
    const refused = await runCli(copy, 'sync')
    expect(refused).toMatchObject({ status: 1 })
    expect(refused.stdout).toContain(original.workspace)
    expect(filesIn(original.drop)).toEqual([])
    expect(await runCli(copy, 'continue-here')).toMatchObject({ status: 0, stdout: 'Ledgerdrop continues with this workspace.\n' })
    expect((await runCli(copy, 'doctor')).stdout).toMatch(/ok +Workspace copy/)
    expect(await runCli(copy, 'sync')).toMatchObject({ status: 0 })
    expect(filesIn(original.drop)).toHaveLength(1)
    expect(await runCli(copy, 'continue-here')).toMatchObject({ status: 1, stderr: expect.stringContaining('nothing-to-decide') })
  })

  test('becomes a separate workspace with this-is-a-copy, and its orders need review', async () => {
    const { original, copy } = await createCopy()
    const decided = await runCli(copy, 'this-is-a-copy')
    expect(decided).toMatchObject({ status: 0, stdout: expect.stringContaining('1 order needs review') })
    await runCli(copy, 'sync', '--task', 'Write Order')
    expect(filesIn(original.drop)).toEqual([])
    await runCli(original, 'sync', '--task', 'Write Order')
    expect(filesIn(original.drop)).toHaveLength(1)
  })
})
