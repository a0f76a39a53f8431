import { expect, test } from 'vitest'
import { FAULTY_TARGETS } from '../fuzz/faulty-targets'
import { FUZZ_TARGETS } from '../fuzz/fuzz-targets'
import { tsProgram } from '../support/ts-child'

const program = tsProgram('tests/fuzz/fuzz.ts')
const fuzz = (target: string, ...more: string[]) => program.run(['--target', target, '--seconds', '1', '--seed', '20261124', ...more])

// A second each, always the same cases; `npm run test:fuzz` goes on for as long as it is told, in .ci/run too.
for (const target of Object.keys(FUZZ_TARGETS)) {
  test(`${target}: whatever is given, a coded answer within a second (a large file: a second per MB), 256 MB of heap and 512 MB in all`, async () => {
    const { status, stdout, stderr } = await fuzz(target)
    expect(status, stdout + stderr).toBe(0)
  })
}

/** What is said of a target that breaks a limit. */
const NOTICED: Record<string, RegExp> = {
  'stands everything': /^good /,
  'falls over': /^BAD .*TypeError: Cannot read properties of undefined/,
  'computes for too long': /^BAD .*took [1-4]\d{3} ms/,
  'waits for too long': /^BAD .*took [12]\d{3} ms/,
  'never ends': /^BAD .*case 1 hangs/,
  'never answers': /^BAD .*case 1 hangs/,
  'is forgotten': /^BAD .*case 1 is never answered/,
  // Where the thread fills it faster than it can be ended, the process goes with it, and says so itself.
  'fills the heap': /^BAD .*ended the thread.*memory limit|heap out of memory/,
  'fills the memory beside the heap': /^BAD .*took [5-9]\d\d MB of memory/,
}

test('there is a target for every limit, made to break it', () => {
  expect(Object.keys(NOTICED)).toEqual(Object.keys(FAULTY_TARGETS))
})

/** One that takes too long is tried three times: that is no hanging. */
const HANG_SECONDS: Record<string, string> = { 'never ends': '3', 'never answers': '3' }

test.each(Object.entries(NOTICED))('every limit is broken by a target made to break it, and noticed: it %s', async (target, line) => {
  const { status, stdout, stderr } = await fuzz(target, '--hang-seconds', HANG_SECONDS[target] ?? '10')
  expect(stdout === '' ? stderr : stdout).toMatch(line)
  expect(status === 0).toBe(target === 'stands everything')
})
