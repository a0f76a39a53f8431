import { relative } from 'node:path'
import { commandOf, projectFolder } from './project.mjs'
import { runNode } from './run-command.mjs'

/** Lists the tests of a Playwright configuration without running them, e.g. "tests/e2e/staff.spec.ts: signs in". */
export async function playwrightTests(config) {
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
