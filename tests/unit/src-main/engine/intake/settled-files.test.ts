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

test('files that are gone are forgotten: a year of orders takes no more memory than a day', async () => {
  const files = new SettledFiles(new ManualClock(), 0)
  const folder = folderOf('stays.json')
  for (let day = 0; day < 20; day++) {
    for (let n = 0; n < 5; n++) writeFileSync(join(folder, `${day}-${n}.json`), '{}')
    await files.look(folder, { isWanted: () => true }, SIGNAL)
    for (let n = 0; n < 5; n++) rmSync(join(folder, `${day}-${n}.json`))
  }
  await files.look(folder, { isWanted: () => true }, SIGNAL)
  expect(files.rememberedCount).toBe(1)
})

test('a look for other files in the same folder forgets none that are still there', async () => {
  const clock = new ManualClock(undefined, 'wait')
  const files = new SettledFiles(clock, 1000)
  const folder = folderOf('a.json', 'b.err')
  const looking = files.look(folder, { isWanted: (name) => name === 'a.json' }, SIGNAL)
  await clock.untilAsleep()
  clock.advance(1000)
  await looking
  const other = files.look(folder, { isWanted: (name) => name === 'b.err' }, SIGNAL)
  await clock.untilAsleep()
  clock.advance(1000)
  await other
  // Without a wait: it is known to lie still.
  expect((await files.look(folder, { isWanted: (name) => name === 'a.json' }, SIGNAL)).settled).toEqual(['a.json'])
})

test.for([
  ['passes', (clock: ManualClock) => clock.advance(9_000)],
  ['goes back', (clock: ManualClock) => clock.jump(-86_400_000)],
] as const)('a file that has to lie still for ten seconds is not settled before, even if the clock %s', async ([, move]) => {
  const clock = new ManualClock(undefined, 'wait')
  const files = new SettledFiles(clock, 1000)
  const folder = folderOf('a.csv')
  const ending = new AbortController()
  const first = files.look(folder, { isWanted: () => true, patience: () => 10 }, ending.signal)
  await clock.untilAsleep()
  ending.abort()
  await first
  move(clock)
  let isDone = false
  const second = files.look(folder, { isWanted: () => true, patience: () => 10 }, SIGNAL).then(() => {
    isDone = true
  })
  await clock.untilAsleep()
  expect(isDone).toBe(false)
  clock.advance(10_000)
  await second
})
