import { relative } from 'node:path'
import { commandOf, projectFolder } from './project.mjs'
import { runNode } from './run-command.mjs'

/** Names, file by file, the tests of a Playwright configuration that need Electron and are skipped without it; gives them as counts. */
export async function nameSkippedTests(config) {
  const command = [commandOf('@playwright/test', 'playwright'), 'test', '--list', '--reporter=json', '--config', config]
  const { exitCode, output } = await runNode(command, { stdio: 'collect' })
  if (exitCode !== 0) throw new Error(`The tests of ${config} could not be listed:\n${output}`)
  const { suites, config: resolved } = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1))
  let skipped = 0
  for (const suite of suites) {
    const count = countTests(suite)
    skipped += count
    process.stdout.write(
      `Skipped, because there is no Electron: ${relative(projectFolder, resolved.rootDir)}/${suite.file} (${count} ${count === 1 ? 'test' : 'tests'})\n`,
    )
  }
  return { passed: 0, failed: 0, skipped }
}

function countTests({ specs = [], suites = [] }) {
  return specs.reduce((sum, spec) => sum + spec.tests.length, 0) + suites.reduce((sum, suite) => sum + countTests(suite), 0)
}
