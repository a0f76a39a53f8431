import { inProject } from './project.mjs'

/** The arguments with a workspace: the one that they name, or a folder in .workspace/ of the clone, which git ignores. */
export function withWorkspace(args, name) {
  const isNamed = args.some((arg) => arg === '--workspace' || arg.startsWith('--workspace='))
  return isNamed ? args : ['--workspace', inProject('.workspace', name), ...args]
}
