import { readJson } from './project.mjs'

/** Passed, failed and skipped tests in a report of vitest's JSON reporter. A file that could not be loaded is one failure. */
export function readVitestCounts(reportFile) {
  const report = readJson(reportFile)
  if (report === undefined) return none
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** The same of Playwright's JSON reporter. A flaky test, and an error outside of tests, is a failure. */
export function readPlaywrightCounts(reportFile) {
  const report = readJson(reportFile)
  if (report === undefined) return none
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped }
}

/** The sum of counts. */
export function addCounts(...all) {
  return all.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }), none)
}

/** "12 passed, 0 failed", and ", 3 skipped" where there are any. */
export function describeCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

const none = { passed: 0, failed: 0, skipped: 0 }
