/** Zero counts. */
export const noCounts = { passed: 0, failed: 0, skipped: 0 }

/** Reads the counts from the last line such as "12 passed, 0 failed, 3 skipped" in a command's output. */
export function readCountsLine(output) {
  const line = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\r?$/gm)].at(-1)
  return line ? { passed: Number(line[1]), failed: Number(line[2]), skipped: Number(line[3] ?? 0) } : noCounts
}

/** The sum of two counts. */
export function sumCounts(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/** Formats counts as "12 passed, 0 failed, 3 skipped". */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
