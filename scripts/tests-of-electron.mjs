import { relative } from 'node:path'
import { commandOf, projectFolder } from './project.mjs'
import { runNode } from './run-command.mjs'

/** The names of the tests of a Playwright configuration, e.g. "tests/e2e/staff.spec.ts: signs in", without running them. */
export async function testsOfElectron(config) {
  const command = [commandOf('@playwright/test', 'playwright'), 'test', '--list', '--reporter=json', '--config', config]
  const { exitCode, output } = await runNode(command, { stdio: 'collect' })
  if (exitCode !== 0) throw new Error(`The tests of ${config} could not be listed:\n${output}`)
  const { suites, config: resolved } = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1))
  const folder = relative(projectFolder, resolved.rootDir)
  return suites.flatMap((suite) => titlesIn(suite).map((title) => `${folder}/${suite.file}: ${title}`))
}

function titlesIn({ specs = [], suites = [] }) {
  return [...specs.flatMap(({ title, tests }) => tests.map(() => title)), ...suites.flatMap(titlesIn)]
}
