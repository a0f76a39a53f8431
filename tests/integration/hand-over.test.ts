import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { CONTROL_FILE, startControlServer } from '../../src-main/engine-thread/control-server'
import type { RunRow } from '../../src-shared/contract/contract'
import { WHOLE_SYNC } from '../../src-shared/contract/contract'
import { numberedOrder, Office, unwritableOrder } from '../support/office'
import { tsProgram } from '../support/ts-child'

const program = tsProgram('src-main/cli/cli.ts')
const LOG = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Opens an office whose program is running and accepts commands from the command line. */
async function openRunningOffice(): Promise<{ office: Office; server: { stop(): Promise<void> } }> {
  const office = await Office.open()
  const server = await startControlServer(office.engine, LOG)
  onTestFinished(() => server.stop())
  return { office, server }
}

const controlFile = (office: Office) => join(office.workspace, CONTROL_FILE)

test('sync works through the program that has the workspace open, and prints what its runs did', async () => {
  const { office } = await openRunningOffice()
  office.receive('1.json', numberedOrder(1))
  const result = await program.run(['sync', '--workspace', office.workspace, '--json'])
  expect(result).toMatchObject({ status: 0, stderr: '' })
  const { runs } = JSON.parse(result.stdout) as { runs: RunRow[] }
  expect(runs.map((run) => run.task)).toEqual([...WHOLE_SYNC])
  expect(runs.every((run) => run.trigger === 'command line' && run.endedAt !== null)).toBe(true)
  expect(office.files()).toHaveLength(1)
  expect(office.events.filter((published) => published.name === 'runs.changed').length).toBeGreaterThanOrEqual(2 * WHOLE_SYNC.length)
})

test('the exit status reports failed orders; other commands work too', async () => {
  const { office } = await openRunningOffice()
  office.receive('1.json', unwritableOrder(1))
  expect(await program.run(['sync', '--workspace', office.workspace])).toMatchObject({ status: 1, stderr: '' })
  const result = await program.run(['order', 'W0001', '--workspace', office.workspace])
  expect(result).toMatchObject({ status: 0, stderr: '' })
  expect(result.stdout).toContain('Sync error')
  expect(await program.run(['order', 'W0009', '--workspace', office.workspace])).toMatchObject({ status: 1, stdout: '' })
})

test('only an account that can read the workspace can send commands', async () => {
  const { office } = await openRunningOffice()
  const { address } = JSON.parse(readFileSync(controlFile(office), 'utf8')) as { address: string }
  if (process.platform !== 'win32') {
    expect(statSync(controlFile(office)).mode & 0o077).toBe(0)
    expect(statSync(join(address, '..')).mode & 0o077).toBe(0)
  }
  for (const line of [
    JSON.stringify({ kind: 'run', token: 'x'.repeat(64), task: 'Write Order', actor: 'x' }),
    JSON.stringify({ kind: 'run', task: 'Write Order', actor: 'x' }),
    // Has as many characters as the token, but more bytes.
    JSON.stringify({ kind: 'run', token: 'é'.repeat(64), task: 'Write Order', actor: 'x' }),
    'nonsense',
  ]) {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(address, () => socket.write(`${line}\n`))
      socket.once('data', (data) => resolve(String(data)))
    })
    expect(JSON.parse(answer)).toMatchObject({ ok: false, error: { code: 'control-refused' } })
  }
  expect(office.query('select id from run')).toEqual([])
})

test('a client that floods the program’s socket is disconnected, and the command line still works', async () => {
  const { office } = await openRunningOffice()
  const { address } = JSON.parse(readFileSync(controlFile(office), 'utf8')) as { address: string }
  const flood = connect(address)
  const disconnected = new Promise((resolve) => flood.on('error', () => {}).on('close', resolve))
  const send = () => {
    while (!flood.destroyed && flood.write('x'.repeat(64 * 1024)));
  }
  flood.on('connect', send).on('drain', send)
  await disconnected
  const idle = Array.from({ length: 100 }, () => connect(address).on('error', () => {}))
  await expect.poll(() => idle.filter((socket) => socket.closed).length).toBeGreaterThanOrEqual(100 - 32)
  for (const socket of idle) socket.destroy()
  expect(await program.run(['runs', '--workspace', office.workspace])).toMatchObject({ status: 0, stderr: '' })
})

test('if the program does not answer, the command says that the workspace is open elsewhere', async () => {
  const { office, server } = await openRunningOffice()
  const leftover = readFileSync(controlFile(office))
  await server.stop()
  expect((await program.run(['sync', '--workspace', office.workspace])).stderr).toContain('workspace-locked')
  // A crash leaves the control file behind.
  writeFileSync(controlFile(office), leftover)
  expect(await program.run(['sync', '--workspace', office.workspace])).toMatchObject({ status: 3, stdout: '' })
})

test.each([true, false])(
  'export-orders writes a list that no spreadsheet runs as a formula (through the running program: %s)',
  async (isRunning) => {
    const { office, server } = await openRunningOffice()
    const order = numberedOrder(1)
    await office.readOrders({ ...order, customer: { ...order.customer, name: '=HYPERLINK("http://x")' } }, numberedOrder(2))
    if (!isRunning) {
      await server.stop()
      await office.stop()
    }
    const file = join(office.folder, 'orders.csv')
    const result = await program.run(['export-orders', file, '--workspace', office.workspace])
    expect(result).toMatchObject({ status: 0, stderr: '', stdout: `2 orders written to ${file}\n` })
    const text = readFileSync(file, 'utf8')
    expect(text).toContain('W0001')
    expect(text).not.toMatch(/(^|,|")=HYPERLINK/m)
    const refused = await program.run(['export-orders', join(office.folder, 'nowhere', 'orders.csv'), '--workspace', office.workspace])
    expect(refused).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('list-not-saved') })
  },
)
