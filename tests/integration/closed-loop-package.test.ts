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
import { matchesLikeWindows, readPickUpLog, type StandInOptions } from '../support/stand-in'

const PROGRAM = join(import.meta.dirname, '../support/stand-in.ts')

/** Starts the stand-in on a drop folder. `line` waits for the next line that it prints. */
async function startStandIn(packageOffice: PackageOffice, overrides: Partial<StandInOptions>) {
  const log = join(packageOffice.office.folder, 'picked-up.log')
  const options: StandInOptions = { folder: packageOffice.drop, patterns: ['*.kfi'], log, actions: ['leave'], lifeMs: 60_000, ...overrides }
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise((resolve) => child.on('close', (status, signal) => resolve({ status, signal })))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async (): Promise<string> => (await lines.next()).value ?? 'ended'
  expect(await line()).toBe('ready')
  return { line, ended, pickedUp: () => readPickUpLog(log) }
}

/** Receives and writes orders 1 to `count`, and returns the stand-in's lines when it has processed all of them. */
async function writeOrders(packageOffice: PackageOffice, count: number, line: () => Promise<string>): Promise<string[]> {
  await packageOffice.office.readOrders(...Array.from({ length: count }, (_, index) => numberedOrder(index + 1)))
  await packageOffice.office.run('Write Order')
  const done: string[] = []
  while (done.length < count) {
    const printed = await line()
    if (printed === 'ended') throw new Error('The stand-in ended')
    if (!printed.startsWith('half')) done.push(printed)
  }
  return done
}

test('every order shows what the package did with its file', async () => {
  const packageOffice = await PackageOffice.open('attache-unattended')
  const err = { text: 'Customer Müller: not found', encoding: 'utf-16le', inPiecesMs: 50 } as const
  const program = await startStandIn(packageOffice, {
    actions: ['Success', 'Failure', 'NotProcessed', 'Hold', 'delete', 'leave'],
    err,
    renamesCase: true,
  })
  const printedLines = await writeOrders(packageOffice, 6, program.line)
  await packageOffice.readAnswersUntilCertain()
  const shown = new Map<string, string>()
  for (let n = 1; n <= 6; n++) shown.set((await packageOffice.delivery(n)).fileName, await packageOffice.summary(n))
  const expected: Record<string, string> = {
    Success: 'accepted; Processing, confirmed',
    Failure: 'rejected; Processing, failed',
    NotProcessed: 'rejected; Processing, failed',
    Hold: 'held; Processing, needs review',
    delete: 'unknown; Processing, needs review',
    leave: 'dropped; Processing, sent',
  }
  expect(Object.fromEntries(printedLines.map((printed) => [printed.split(' ')[0], shown.get(printed.split(' ')[1] ?? '')]))).toEqual(
    expected,
  )
  for (let n = 1; n <= 6; n++) {
    const { answerText, state } = await packageOffice.delivery(n)
    expect(answerText).toBe(state === 'rejected' ? err.text : null)
  }
})

test('a package that reads every file as soon as it appears gets exactly the bytes that are in the archive', async () => {
  const packageOffice = await PackageOffice.open('plain-pick-up')
  const program = await startStandIn(packageOffice, { actions: ['delete'], holdOpenMs: 5, slowMs: 5 })
  await writeOrders(packageOffice, 30, program.line)
  await packageOffice.readAnswers()
  const pickedUp = program.pickedUp()
  expect(pickedUp).toHaveLength(30)
  for (let n = 1; n <= 30; n++) {
    const delivery = await packageOffice.delivery(n)
    expect(pickedUp.filter(({ name }) => name === delivery.fileName)).toMatchObject([
      { sha256: delivery.sha256, isTemporary: false, subfolder: '' },
    ])
    expect(sha256(readFileSync(archivePath(join(packageOffice.office.workspace, 'archive'), delivery)))).toBe(delivery.sha256)
    expect(await packageOffice.summary(n)).toBe('picked up; Processing, sent')
  }
})

test('nothing is concluded too early if the package crashes halfway and restarts', async () => {
  const packageOffice = await PackageOffice.open('attache-unattended')
  const first = await startStandIn(packageOffice, { actions: ['Success'], dieAfter: 2 })
  await packageOffice.office.readOrders(numberedOrder(1), numberedOrder(2))
  await packageOffice.office.run('Write Order')
  expect(await first.ended).toEqual(KILLED_ITSELF)
  await packageOffice.readAnswers()
  const states = [await packageOffice.summary(1), await packageOffice.summary(2)].sort()
  expect(states).toEqual(['accepted; Processing, confirmed', 'dropped; Processing, sent'])
  const second = await startStandIn(packageOffice, { actions: ['Success'] })
  await second.line()
  await packageOffice.readAnswers()
  expect([await packageOffice.summary(1), await packageOffice.summary(2)]).toEqual(Array(2).fill('accepted; Processing, confirmed'))
  expect(second.pickedUp()).toHaveLength(2)
})

test('the stand-in detects half-written files, temporary names, and staged files where a package would find them', async () => {
  const packageOffice = await PackageOffice.open('plain-pick-up')
  const program = await startStandIn(packageOffice, {})
  mkdirSync(join(packageOffice.drop, 'sub'))
  for (const name of ['a.kfi', 'b.KFI', 'c.kfitmp', 'd.kfi.part', 'e.tmp', 'sub/f.kfi']) {
    writeFileSync(join(packageOffice.office.folder, 'whole'), name)
    renameSync(join(packageOffice.office.folder, 'whole'), join(packageOffice.drop, name))
  }
  for (let count = 0; count < 4; count++) await program.line()
  const seen = program.pickedUp().map(({ name, isTemporary }) => `${name} ${isTemporary}`)
  expect(seen.sort()).toEqual(['a.kfi false', 'b.KFI false', 'c.kfitmp true', 'f.kfi true'])
  expect(matchesLikeWindows('*.kfi', 'x.kfi.part')).toBe(false)
  expect(matchesLikeWindows('*.kfi', 'x.kfi.withdrawn')).toBe(false)
  expect(matchesLikeWindows('*.xml', 'x.XMLX')).toBe(true)
})
