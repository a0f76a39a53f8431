import { architectureViolations } from './architecture.mjs'
import { ExpectedFailure } from './expected-failure.mjs'
import { commandOf } from './project.mjs'
import { runNode } from './run-command.mjs'

/** Checks types; gives what `runNode` gives. */
export function checkTypes(options) {
  return runNode([commandOf('typescript', 'tsc'), '-p', 'tsconfig.json', '--noEmit'], options)
}

/** Checks format, lint rules, and who imports whom; gives what `runNode` gives. */
export async function checkRules(options) {
  const violations = architectureViolations()
  if (violations.length > 0)
    throw new ExpectedFailure(violations.join('\n'), 'Move the code to where it belongs, or change the table and say why.')
  return runNode([commandOf('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'], options)
}
