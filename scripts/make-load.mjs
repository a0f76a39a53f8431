import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'

/**
 * `node scripts/make-load.mjs [--processes 8] [--minutes 30]`: keeps the processor busy, so that other programs can be
 * tested under load.
 */
const { values } = parseArgs({ options: { processes: { type: 'string', default: '8' }, minutes: { type: 'string', default: '30' } } })
const busy = `for (const end = Date.now() + ${Number(values.minutes) * 60_000}; Date.now() < end; );`
for (let count = 0; count < Number(values.processes); count++) spawn(process.execPath, ['-e', busy], { stdio: 'ignore' })
