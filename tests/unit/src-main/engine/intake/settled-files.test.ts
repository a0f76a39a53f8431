import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { SettledFiles } from '../../../../../src-main/engine/intake/settled-files'
import { ManualClock } from '../../../../support/manual-clock'

const SIGNAL = new AbortController().signal

function folderOf(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-settled-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of names) writeFileSync(join(folder, name), name)
  return folder
}

test('files that are gone are forgotten, so memory does not grow with the number of orders', async () => {
  const files = new SettledFiles(new ManualClock(), 0)
  const folder = folderOf('stays.json')
  for (let day = 0; day < 20; day++) {
    for (let n = 0; n < 5; n++) writeFileSync(join(folder, `${day}-${n}.json`), '{}')
    await files.scan(folder, { isWanted: () => true }, SIGNAL)
    for (let n = 0; n < 5; n++) rmSync(join(folder, `${day}-${n}.json`))
  }
  await files.scan(folder, { isWanted: () => true }, SIGNAL)
  expect(files.rememberedCount).toBe(1)
})

test('a check for other files in the same folder does not forget files that are still there', async () => {
  const clock = new ManualClock(undefined, 'wait')
  const files = new SettledFiles(clock, 1000)
  const folder = folderOf('a.json', 'b.err')
  const firstCheck = files.scan(folder, { isWanted: (name) => name === 'a.json' }, SIGNAL)
  await clock.untilAsleep()
  clock.advance(1000)
  await firstCheck
  const other = files.scan(folder, { isWanted: (name) => name === 'b.err' }, SIGNAL)
  await clock.untilAsleep()
  clock.advance(1000)
  await other
  // This scan doesn't wait, because the file is known to be unchanged.
  expect((await files.scan(folder, { isWanted: (name) => name === 'a.json' }, SIGNAL)).settled).toEqual(['a.json'])
})

test.for([
  ['advances by nine seconds', (clock: ManualClock) => clock.advance(9_000)],
  ['is set back by a day', (clock: ManualClock) => clock.jump(-86_400_000)],
] as const)('a file that must be unchanged for ten seconds is not settled earlier, even if the clock %s', async ([, move]) => {
  const clock = new ManualClock(undefined, 'wait')
  const files = new SettledFiles(clock, 1000)
  const folder = folderOf('a.csv')
  const controller = new AbortController()
  const first = files.scan(folder, { isWanted: () => true, waitFactor: () => 10 }, controller.signal)
  await clock.untilAsleep()
  controller.abort()
  await first
  move(clock)
  let isDone = false
  const second = files.scan(folder, { isWanted: () => true, waitFactor: () => 10 }, SIGNAL).then(() => {
    isDone = true
  })
  await clock.untilAsleep()
  expect(isDone).toBe(false)
  clock.advance(10_000)
  await second
})
