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

/** An office whose program runs and can be reached. */
async function runningOffice(): Promise<{ office: Office; server: { stop(): Promise<void> } }> {
  const office = await Office.open()
  const server = await startControlServer(office.engine, LOG)
  onTestFinished(() => server.stop())
  return { office, server }
}

const control = (office: Office) => join(office.workspace, CONTROL_FILE)

test('sync works through the program that has the workspace open, and prints what its runs did', async () => {
  const { office } = await runningOffice()
  office.receive('1.json', numberedOrder(1))
  const ended = await program.run(['sync', '--workspace', office.workspace, '--json'])
  expect(ended).toMatchObject({ status: 0, stderr: '' })
  const { runs } = JSON.parse(ended.stdout) as { runs: RunRow[] }
  expect(runs.map((run) => run.task)).toEqual([...WHOLE_SYNC])
  expect(runs.every((run) => run.trigger === 'command line' && run.endedAt !== null)).toBe(true)
  expect(office.files()).toHaveLength(1)
  expect(office.told.filter((one) => one.name === 'runs.changed').length).toBeGreaterThanOrEqual(2 * WHOLE_SYNC.length)
})

test('its exit status tells of failed orders; other commands work too', async () => {
  const { office } = await runningOffice()
  office.receive('1.json', unwritableOrder(1))
  expect(await program.run(['sync', '--workspace', office.workspace])).toMatchObject({ status: 1, stderr: '' })
  const ended = await program.run(['order', 'W0001', '--workspace', office.workspace])
  expect(ended).toMatchObject({ status: 0, stderr: '' })
  expect(ended.stdout).toContain('Sync error')
  expect(await program.run(['order', 'W0009', '--workspace', office.workspace])).toMatchObject({ status: 1, stdout: '' })
})

test('only who may read the workspace can give commands', async () => {
  const { office } = await runningOffice()
  const { address } = JSON.parse(readFileSync(control(office), 'utf8')) as { address: string }
  if (process.platform !== 'win32') {
    expect(statSync(control(office)).mode & 0o077).toBe(0)
    expect(statSync(join(address, '..')).mode & 0o077).toBe(0)
  }
  for (const line of [
    JSON.stringify({ kind: 'run', token: 'x'.repeat(64), task: 'Write Order', actor: 'x' }),
    JSON.stringify({ kind: 'run', task: 'Write Order', actor: 'x' }),
    // As long as the token in characters, and longer in bytes.
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

test('whoever floods the program’s socket is cut off, and the command line goes on working', async () => {
  const { office } = await runningOffice()
  const { address } = JSON.parse(readFileSync(control(office), 'utf8')) as { address: string }
  const flood = connect(address)
  const isCutOff = new Promise((resolve) => flood.on('error', () => {}).on('close', resolve))
  const more = () => {
    while (!flood.destroyed && flood.write('x'.repeat(64 * 1024)));
  }
  flood.on('connect', more).on('drain', more)
  await isCutOff
  const idle = Array.from({ length: 100 }, () => connect(address).on('error', () => {}))
  await expect.poll(() => idle.filter((socket) => socket.closed).length).toBeGreaterThanOrEqual(100 - 32)
  for (const socket of idle) socket.destroy()
  expect(await program.run(['runs', '--workspace', office.workspace])).toMatchObject({ status: 0, stderr: '' })
})

test('where nobody answers, the command says that the workspace is open elsewhere', async () => {
  const { office, server } = await runningOffice()
  const left = readFileSync(control(office))
  await server.stop()
  expect((await program.run(['sync', '--workspace', office.workspace])).stderr).toContain('workspace-locked')
  // As a crash leaves it.
  writeFileSync(control(office), left)
  expect(await program.run(['sync', '--workspace', office.workspace])).toMatchObject({ status: 3, stdout: '' })
})

test.each([true, false])(
  'export-orders writes a list that no spreadsheet runs as a formula (through the running program: %s)',
  async (isRunning) => {
    const { office, server } = await runningOffice()
    const order = numberedOrder(1)
    await office.readIn({ ...order, customer: { ...order.customer, name: '=HYPERLINK("http://x")' } }, numberedOrder(2))
    if (!isRunning) {
      await server.stop()
      await office.stop()
    }
    const file = join(office.folder, 'orders.csv')
    const ended = await program.run(['export-orders', file, '--workspace', office.workspace])
    expect(ended).toMatchObject({ status: 0, stderr: '', stdout: `2 orders written to ${file}\n` })
    const text = readFileSync(file, 'utf8')
    expect(text).toContain('W0001')
    expect(text).not.toMatch(/(^|,|")=HYPERLINK/m)
    const refused = await program.run(['export-orders', join(office.folder, 'nowhere', 'orders.csv'), '--workspace', office.workspace])
    expect(refused).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('list-not-saved') })
  },
)
