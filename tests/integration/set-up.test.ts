import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const scripts = resolve(import.meta.dirname, '../../scripts')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-set-up-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Starts a process that runs code in the scripts folder, as a separate set-up would. */
function startScript(code: string): ChildProcess {
  const environment = { ...process.env, LEDGERDROP_CACHE: join(folder, 'cache') }
  return spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: scripts,
    env: environment,
    stdio: 'pipe',
  })
}

function output(child: ChildProcess): Promise<string> {
  return new Promise((done) => {
    let text = ''
    child.stdout?.on('data', (chunk) => {
      text += chunk
    })
    child.on('close', () => done(text.trim()))
  })
}

const firstOutput = (child: ChildProcess, stream: 'stdout' | 'stderr' = 'stdout') =>
  new Promise<string>((done) => child[stream]?.once('data', (chunk) => done(String(chunk))))

describe('the cache outside the clone', () => {
  const useEntry = (copy: string) => `
    import { cacheEntry, copyEntry } from './cache-entry.mjs'
    import { writeFileSync } from 'node:fs'
    let made = 'found'
    const entry = await cacheEntry('thing', async (folder) => { made = 'made'; writeFileSync(folder + '/file', 'whole content') })
    copyEntry(entry, process.env.LEDGERDROP_CACHE + '/../${copy}')
    console.log(made)`
  const use = (copy = 'copy') => output(startScript(useEntry(copy)))
  const entryFile = () => join(folder, 'cache', 'thing', 'file')

  test('an entry is created once and then found', async () => {
    expect(await use()).toBe('made')
    expect(await use()).toBe('found')
  })

  test.each([
    ['cut short', () => truncateSync(entryFile(), 3)],
    ['changed without changing its length', () => writeFileSync(entryFile(), 'whole c0ntent')],
    ['without its list of files', () => rmSync(join(folder, 'cache', 'thing', '.entry.json'))],
    ['with a file missing', () => rmSync(entryFile())],
  ])('an entry %s is created again', async (_, damage) => {
    await use()
    damage()
    expect(await use()).toBe('made')
    expect(readFileSync(join(folder, 'copy', 'file'), 'utf8')).toBe('whole content')
    expect(readdirSync(join(folder, 'cache'))).toEqual(['thing'])
  })

  test('simultaneous set-ups create an entry once', async () => {
    expect((await Promise.all([use('one'), use('two'), use('three')])).sort()).toEqual(['found', 'found', 'made'])
    expect(readdirSync(join(folder, 'cache'))).toEqual(['thing'])
  })
})

describe('two set-ups of one clone', () => {
  const oneAtATimeCode = (name: string, work: string) => `
    import { appendFileSync } from 'node:fs'
    import { oneAtATime } from './one-at-a-time.mjs'
    const note = (event) => { appendFileSync(${JSON.stringify(join(folder, 'order'))}, event + ' ${name}\\n'); console.log(event) }
    await oneAtATime(${JSON.stringify(folder)}, async () => { note('begin'); ${work}; note('end') })`
  const untilInput = `await new Promise((done) => process.stdin.once('data', done)); process.stdin.destroy()`

  test('the second waits until the first is done', async () => {
    const first = startScript(oneAtATimeCode('first', untilInput))
    await firstOutput(first)
    const second = startScript(oneAtATimeCode('second', ''))
    const ends = [output(first), output(second)]
    expect(await Promise.race([firstOutput(second, 'stderr'), firstOutput(second)])).toContain('waiting')
    first.stdin?.write('go\n')
    await Promise.all(ends)
    expect(readFileSync(join(folder, 'order'), 'utf8')).toBe('begin first\nend first\nbegin second\nend second\n')
  })

  test('a killed set-up does not block the next one', async () => {
    const first = startScript(oneAtATimeCode('first', untilInput))
    await firstOutput(first)
    const second = startScript(oneAtATimeCode('second', ''))
    const secondOutput = output(second)
    await firstOutput(second, 'stderr')
    first.kill('SIGKILL')
    expect(await secondOutput).toBe('begin\nend')
  })
})

describe('the last line of npm test', () => {
  const describeReports = async (vitest: unknown, playwright: unknown) => {
    writeFileSync(join(folder, 'vitest.json'), JSON.stringify(vitest))
    writeFileSync(join(folder, 'playwright.json'), JSON.stringify(playwright))
    return output(
      startScript(`
        import { addCounts, describeCounts, readPlaywrightCounts, readVitestCounts } from './test-counts.mjs'
        const at = (name) => ${JSON.stringify(folder)} + '/' + name
        console.log(describeCounts(addCounts(readVitestCounts(at('vitest.json')), readPlaywrightCounts(at('playwright.json')))))`),
    )
  }
  const vitest = { numPassedTests: 5, numFailedTests: 0, testResults: [] }
  const playwright = { stats: { expected: 2, unexpected: 0, flaky: 0 }, errors: [], suites: [] }

  test('adds up the counts of both runners', async () =>
    expect(await describeReports(vitest, playwright)).toBe('7 passed, 0 failed, 0 skipped'))

  test('counts skipped tests and names each, with its reason if there is one', async () => {
    const skippedByVitest = [
      {
        status: 'passed',
        assertionResults: [
          { status: 'skipped', fullName: 'valid UBL (extra)' },
          { status: 'passed', fullName: 'b' },
        ],
      },
    ]
    const spec = { title: 'in a panel', tests: [{ status: 'skipped', annotations: [{ type: 'skip', description: 'no panel here' }] }] }
    const skippedByPlaywright = [{ title: 'file', suites: [{ title: 'group', specs: [spec] }] }]
    expect(await describeReports({ ...vitest, testResults: skippedByVitest }, { ...playwright, suites: skippedByPlaywright })).toBe(
      'Skipped: valid UBL (extra)\nSkipped: in a panel: no panel here\n7 passed, 0 failed, 2 skipped',
    )
  })

  test('counts a test file that could not be loaded as failed', async () => {
    const unloaded = { ...vitest, testResults: [{ status: 'failed', assertionResults: [] }] }
    expect(await describeReports(unloaded, playwright)).toBe('7 passed, 1 failed, 0 skipped')
  })

  test('counts a flaky test as failed', async () => {
    const flaky = { ...playwright, stats: { expected: 1, unexpected: 0, flaky: 1, skipped: 0 } }
    expect(await describeReports(vitest, flaky)).toBe('6 passed, 1 failed, 0 skipped')
  })
})
