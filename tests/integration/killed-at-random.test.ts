import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const PROJECT = join(import.meta.dirname, '../..')

test('killed 50 times at random moments, every order reaches the accounting package exactly once', async () => {
  const child = spawn(process.execPath, ['scripts/test-crash.mjs', '--kills', '50'], { cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe'] })
  // Asked to end, it ends its own children.
  onTestFinished(() => void child.kill('SIGTERM'))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const status = await new Promise((resolve) => child.on('close', resolve))
  const summary = said.trimEnd().split('\n').at(-1)
  console.log(summary)
  expect(status, said).toBe(0)
  expect(summary).toMatch(/^Kill test: 50 kills .* 0 lost, 0 double, 0 half-written, 0 temporary seen, 0 deviations/)
})
