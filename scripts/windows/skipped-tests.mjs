import { inProject, readJson } from '../project.mjs'

const DEFAULT_REASON = 'The test is for another system, or needs files that are missing here.'

/** Tests that can't pass on Wine, with the reasons: by file and by the start of their full titles. */
const skippedOnWine = readJson(inProject('tests', 'windows', 'skipped-on-wine.json'))

/** The skipped tests in a vitest report, with the reasons. */
export function skippedIn(reportFile) {
  return testsIn(reportFile)
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ file, title }) => ({ file, test: title, reason: entryFor(file, title)?.reason ?? DEFAULT_REASON }))
}

/** Entries of skipped-on-wine.json that match no test in their file, although the file was run: the test was renamed or removed. */
export function staleEntries(reportFile) {
  const tests = testsIn(reportFile)
  const files = new Set(tests.map(({ file }) => file))
  return skippedOnWine.filter((entry) => files.has(entry.file) && !tests.some(({ file, title }) => isEntryFor(entry, file, title)))
}

/** Lists skipped tests by name, grouped by reason. */
export function describeSkipped(skipped) {
  const reasons = [...new Set(skipped.map(({ reason }) => reason))]
  return reasons
    .map((reason) => {
      const tests = skipped.filter((test) => test.reason === reason)
      return [`${tests.length} skipped: ${reason}`, ...tests.map(({ file, test }) => `  ${file} > ${test}`)].join('\n')
    })
    .join('\n')
}

function testsIn(reportFile) {
  const { testResults = [] } = readJson(reportFile) ?? {}
  return testResults.flatMap(({ name, assertionResults }) => {
    const file = name.replaceAll('\\', '/').replace(/^.*\/(?=tests\/)/, '')
    return assertionResults.map(({ ancestorTitles, title, status }) => ({ file, status, title: [...ancestorTitles, title].join(' > ') }))
  })
}

function entryFor(file, title) {
  return skippedOnWine.find((entry) => isEntryFor(entry, file, title))
}

function isEntryFor(entry, file, title) {
  return entry.file === file && title.startsWith(entry.test)
}
