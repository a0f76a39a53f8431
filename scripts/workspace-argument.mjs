import { inProject } from './project.mjs'

/** Adds a workspace to the arguments unless they name one: a folder in the clone's .workspace/, which git ignores. */
export function withWorkspace(args, name) {
  const isNamed = args.some((arg) => arg === '--workspace' || arg.startsWith('--workspace='))
  return isNamed ? args : ['--workspace', inProject('.workspace', name), ...args]
}
