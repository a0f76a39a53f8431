import { inProject, readJson } from '../project.mjs'

const OWN_REASON = 'The test says itself that it is for another system or needs files that are not here.'

/** What Wine can't prove, with the reasons: tests by file and by how their full titles begin. */
const unprovable = readJson(inProject('tests', 'windows', 'unprovable.json'))

/** The tests that a vitest report says were skipped, grouped by reason. */
export function skippedIn(reportFile) {
  return testsIn(reportFile)
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ file, title }) => ({ file, test: title, reason: entryFor(file, title)?.reason ?? OWN_REASON }))
}

/** Entries of the table whose file was run but that fit no test in it: renamed or removed since. */
export function staleEntries(reportFile) {
  const tests = testsIn(reportFile)
  const files = new Set(tests.map(({ file }) => file))
  return unprovable.filter((entry) => files.has(entry.file) && !tests.some(({ file, title }) => isAbout(entry, file, title)))
}

/** Skipped tests by name, below the reason that they share. */
export function describeSkipped(skipped) {
  const reasons = [...new Set(skipped.map(({ reason }) => reason))]
  return reasons
    .map((reason) => {
      const those = skipped.filter((one) => one.reason === reason)
      return [`${those.length} skipped: ${reason}`, ...those.map(({ file, test }) => `  ${file} > ${test}`)].join('\n')
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
  return unprovable.find((entry) => isAbout(entry, file, title))
}

function isAbout(entry, file, title) {
  return entry.file === file && title.startsWith(entry.test)
}
