import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readJson } from './project.mjs'

/** Runs work with a temporary folder for reports. Passes it a function that returns the file for a report's name. */
export async function withReports(work) {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-test-reports-'))
  try {
    return await work((name) => join(folder, `${name}.json`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Reads the numbers of passed and failed tests and the names of the skipped ones from a report of vitest's JSON
 * reporter. A file that couldn't be loaded counts as a failure.
 */
export function readVitestCounts(reportFile) {
  const report = readJson(reportFile)
  if (report === undefined) return none
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: tests.filter(({ status }) => ['skipped', 'pending', 'todo'].includes(status)).map(({ fullName }) => fullName),
  }
}

/**
 * Reads the numbers of passed and failed tests and the names of the skipped ones from a report of Playwright's JSON
 * reporter. A flaky test or an error outside of tests counts as a failure.
 */
export function readPlaywrightCounts(reportFile) {
  const report = readJson(reportFile)
  if (report === undefined) return none
  const { expected, unexpected, flaky } = report.stats
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped: report.suites.flatMap(skippedIn) }
}

function skippedIn({ suites = [], specs = [] }) {
  const skipped = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(({ annotations }) => [title, ...annotations.flatMap(({ description }) => description ?? [])].join(': ')),
  )
  return [...skipped, ...suites.flatMap(skippedIn)]
}

/** Adds up counts. */
export function addCounts(...all) {
  return all.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: [...a.skipped, ...b.skipped] }), none)
}

/** Formats counts: a line "Skipped: <name>" for each skipped test, then "12 passed, 0 failed, 3 skipped". */
export function describeCounts({ passed, failed, skipped }) {
  return [...skipped.map((name) => `Skipped: ${name}`), `${passed} passed, ${failed} failed, ${skipped.length} skipped`].join('\n')
}

const none = { passed: 0, failed: 0, skipped: [] }
