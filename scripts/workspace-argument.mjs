import { inProject } from './project.mjs'

/** Unless the arguments name a workspace, adds one: the folder `name` in the clone's .workspace/, which Git ignores. */
export function withWorkspace(args, name) {
  const isNamed = args.some((arg) => arg === '--workspace' || arg.startsWith('--workspace='))
  return isNamed ? args : ['--workspace', inProject('.workspace', name), ...args]
}
