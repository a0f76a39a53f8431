import { expect, test } from 'vitest'
import { FUZZ_TARGETS } from '../fuzz/fuzz-targets'
import { SELF_TEST_TARGETS } from '../fuzz/self-test-targets'
import { tsProgram } from '../support/ts-child'

const program = tsProgram('tests/fuzz/fuzz.ts')
const runFuzz = (target: string, ...args: string[]) => program.run(['--target', target, '--seconds', '1', '--seed', '20261124', ...args])

// One second per target, always with the same cases. `npm run test:fuzz`, which .ci/run uses too, runs for as long as
// you ask.
for (const target of Object.keys(FUZZ_TARGETS)) {
  test(`${target}: answers any input with a value or a failure code, within a second (a second per MB for large files), 256 MB of heap and 512 MB in total`, async () => {
    const { status, stdout, stderr } = await runFuzz(target)
    expect(status, stdout + stderr).toBe(0)
  })
}

/** What the fuzz test prints for each self-test target. */
const EXPECTED_LINES: Record<string, RegExp> = {
  'handles every input': /^good /,
  throws: /^BAD .*TypeError: Cannot read properties of undefined/,
  'computes for too long': /^BAD .*took [1-4]\d{3} ms/,
  'waits for too long': /^BAD .*took [12]\d{3} ms/,
  'never ends': /^BAD .*case 1 hangs/,
  'never answers': /^BAD .*case 1 hangs/,
  'never resolves': /^BAD .*case 1 is never answered/,
  // If the thread fills the heap faster than it can be stopped, the whole process ends, with Node's own message.
  'fills the heap': /^BAD .*ended the thread.*memory limit|heap out of memory/,
  'fills the memory outside the heap': /^BAD .*took [5-7]\d\d MB of memory/,
}

test('every self-test target has an expected line', () => {
  expect(Object.keys(EXPECTED_LINES)).toEqual(Object.keys(SELF_TEST_TARGETS))
})

/**
 * A shorter limit, only for the targets that hang. The others have 60 s: a slow target is tried three times, and filling
 * the memory takes long on a busy computer. Neither must count as a hang.
 */
const HANG_SECONDS: Record<string, string> = { 'never ends': '3', 'never answers': '3' }

test.each(Object.entries(EXPECTED_LINES))('the fuzz test gives the right verdict on a target that %s', async (target, line) => {
  const { status, stdout, stderr } = await runFuzz(target, '--hang-seconds', HANG_SECONDS[target] ?? '60')
  expect(stdout === '' ? stderr : stdout).toMatch(line)
  expect(status === 0).toBe(target === 'handles every input')
})
