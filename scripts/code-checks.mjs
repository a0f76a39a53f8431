import { architectureViolations } from './architecture.mjs'
import { ExpectedFailure } from './expected-failure.mjs'
import { commandOf } from './project.mjs'
import { runNode } from './run-command.mjs'

/** Checks types. Returns the result of `runNode`. */
export function checkTypes(options) {
  return runNode([commandOf('typescript', 'tsc'), '-p', 'tsconfig.json', '--noEmit'], options)
}

/** Checks formatting, lint rules and allowed imports. Returns the result of `runNode`. */
export async function checkRules(options) {
  const violations = architectureViolations()
  if (violations.length > 0)
    throw new ExpectedFailure(violations.join('\n'), 'Move the code to the right folder, or change the table and explain why.')
  return runNode([commandOf('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'], options)
}
