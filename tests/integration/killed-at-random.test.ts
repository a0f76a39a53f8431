import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const PROJECT = join(import.meta.dirname, '../..')

test('every order reaches the accounting package exactly once, although the engine is killed 50 times at random moments', async () => {
  const child = spawn(process.execPath, ['scripts/test-crash.mjs', '--kills', '50'], { cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe'] })
  // On SIGTERM, the script also ends its own children.
  onTestFinished(() => void child.kill('SIGTERM'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const status = await new Promise((resolve) => child.on('close', resolve))
  const summary = output.trimEnd().split('\n').at(-1)
  console.log(summary)
  expect(status, output).toBe(0)
  expect(summary).toMatch(/^Kill test: 50 kills .* 0 lost, 0 duplicated, 0 half-written, 0 temporary seen, 0 deviations/)
})
