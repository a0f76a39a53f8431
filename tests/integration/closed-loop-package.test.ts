import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { archivePath } from '../../src-main/engine/deliveries/archive'
import { sha256 } from '../../src-main/engine/files/sha256'
import { KILLED_ITSELF } from '../support/killed'
import { numberedOrder } from '../support/office'
import { PackageOffice } from '../support/package-office'
import { matchesAsWindows, readTaken, type StandInOrders } from '../support/stand-in'

const PROGRAM = join(import.meta.dirname, '../support/stand-in.ts')

/** Starts the stand-in on a drop folder; `line` waits for the next thing that it did. */
async function standIn(package_: PackageOffice, change: Partial<StandInOrders>) {
  const log = join(package_.office.folder, 'taken.log')
  const orders: StandInOrders = { folder: package_.drop, patterns: ['*.kfi'], log, takes: ['leave'], lifeMs: 60_000, ...change }
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise((resolve) => child.on('close', (status, signal) => resolve({ status, signal })))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async (): Promise<string> => (await lines.next()).value ?? 'ended'
  expect(await line()).toBe('ready')
  return { line, ended, taken: () => readTaken(log) }
}

/** Orders 1 to count, received and written; the stand-in has dealt with all of them. */
async function written(package_: PackageOffice, count: number, line: () => Promise<string>): Promise<string[]> {
  await package_.office.readIn(...Array.from({ length: count }, (_, index) => numberedOrder(index + 1)))
  await package_.office.run('Write Order')
  const done: string[] = []
  while (done.length < count) {
    const said = await line()
    if (said === 'ended') throw new Error('The stand-in ended')
    if (!said.startsWith('half')) done.push(said)
  }
  return done
}

test('a package that does everything that packages do: every order shows what became of it', async () => {
  const package_ = await PackageOffice.open('attache-unattended')
  const err = { text: 'Kunde Müller: not found', encoding: 'utf-16le', inPiecesMs: 50 } as const
  const program = await standIn(package_, {
    takes: ['Success', 'Failure', 'NotProcessed', 'Hold', 'delete', 'leave'],
    err,
    renamesCase: true,
  })
  const did = await written(package_, 6, program.line)
  await package_.looksUntilSure()
  const shown = new Map<string, string>()
  for (let n = 1; n <= 6; n++) shown.set((await package_.delivery(n)).fileName, await package_.shows(n))
  const expected: Record<string, string> = {
    Success: 'accepted; Processing, confirmed',
    Failure: 'rejected; Processing, failed',
    NotProcessed: 'rejected; Processing, failed',
    Hold: 'held; Processing, needs review',
    delete: 'unknown; Processing, needs review',
    leave: 'dropped; Processing, sent',
  }
  expect(Object.fromEntries(did.map((said) => [said.split(' ')[0], shown.get(said.split(' ')[1] ?? '')]))).toEqual(expected)
  for (let n = 1; n <= 6; n++) {
    const { answerText, state } = await package_.delivery(n)
    expect(answerText).toBe(state === 'rejected' ? err.text : null)
  }
})

test('a greedy package that reads every file the moment it appears gets exactly what the archive keeps', async () => {
  const package_ = await PackageOffice.open('plain-pick-up')
  const program = await standIn(package_, { takes: ['delete'], holdOpenMs: 5, slowMs: 5 })
  await written(package_, 30, program.line)
  await package_.looks()
  const taken = program.taken()
  expect(taken).toHaveLength(30)
  for (let n = 1; n <= 30; n++) {
    const delivery = await package_.delivery(n)
    expect(taken.filter(({ name }) => name === delivery.fileName)).toMatchObject([
      { sha256: delivery.sha256, isTemporary: false, place: '' },
    ])
    expect(sha256(readFileSync(archivePath(join(package_.office.workspace, 'archive'), delivery)))).toBe(delivery.sha256)
    expect(await package_.shows(n)).toBe('picked up; Processing, sent')
  }
})

test('a package that dies half-way and starts again: nothing is concluded too early', async () => {
  const package_ = await PackageOffice.open('attache-unattended')
  const first = await standIn(package_, { takes: ['Success'], dieAfter: 2 })
  await package_.office.readIn(numberedOrder(1), numberedOrder(2))
  await package_.office.run('Write Order')
  expect(await first.ended).toEqual(KILLED_ITSELF)
  await package_.looks()
  const states = [await package_.shows(1), await package_.shows(2)].sort()
  expect(states).toEqual(['accepted; Processing, confirmed', 'dropped; Processing, sent'])
  const second = await standIn(package_, { takes: ['Success'] })
  await second.line()
  await package_.looks()
  expect([await package_.shows(1), await package_.shows(2)]).toEqual(Array(2).fill('accepted; Processing, confirmed'))
  expect(second.taken()).toHaveLength(2)
})

test('the stand-in catches what it is there to catch: half-written files, temporary names, staging where a package would look', async () => {
  const package_ = await PackageOffice.open('plain-pick-up')
  const program = await standIn(package_, {})
  mkdirSync(join(package_.drop, 'sub'))
  for (const name of ['a.kfi', 'b.KFI', 'c.kfitmp', 'd.kfi.part', 'e.tmp', 'sub/f.kfi']) {
    writeFileSync(join(package_.office.folder, 'whole'), name)
    renameSync(join(package_.office.folder, 'whole'), join(package_.drop, name))
  }
  for (let time = 0; time < 4; time++) await program.line()
  const seen = program.taken().map(({ name, isTemporary }) => `${name} ${isTemporary}`)
  expect(seen.sort()).toEqual(['a.kfi false', 'b.KFI false', 'c.kfitmp true', 'f.kfi true'])
  expect(matchesAsWindows('*.kfi', 'x.kfi.part')).toBe(false)
  expect(matchesAsWindows('*.kfi', 'x.kfi.withdrawn')).toBe(false)
  expect(matchesAsWindows('*.xml', 'x.XMLX')).toBe(true)
})
