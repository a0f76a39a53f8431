import { commandOf } from './project.mjs'
import { runNode } from './run-command.mjs'

/** Checks types; gives what `runNode` gives. */
export function checkTypes(options) {
  return runNode([commandOf('typescript', 'tsc'), '-p', 'tsconfig.json', '--noEmit'], options)
}

/** Checks format and lint rules; gives what `runNode` gives. */
export function checkRules(options) {
  return runNode([commandOf('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'], options)
}
