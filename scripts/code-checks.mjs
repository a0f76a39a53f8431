import { commandOf } from './project.mjs'
import { runNode } from './run-command.mjs'

/** Checks types; gives the exit code. */
export async function checkTypes() {
  return (await runNode([commandOf('typescript', 'tsc'), '-p', 'tsconfig.json', '--noEmit'])).exitCode
}

/** Checks format and lint rules; gives the exit code. */
export async function checkRules() {
  return (await runNode([commandOf('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'])).exitCode
}
