import { expect, test } from 'vitest'
import { FUZZ_TARGETS } from '../fuzz/fuzz-targets'
import { tsProgram } from '../support/ts-child'

const program = tsProgram('tests/fuzz/fuzz.ts')

// A few seconds each, always the same cases; `npm run test:fuzz` goes on for as long as it is told, with others.
for (const target of Object.keys(FUZZ_TARGETS)) {
  test(`${target}: whatever is given, a coded answer within a second (a large file: a second per MB) and 256 MB`, async () => {
    const { status, stdout, stderr } = await program.run(['--target', target, '--seconds', '3', '--seed', '20261124'])
    expect(status, stdout + stderr).toBe(0)
  })
}
