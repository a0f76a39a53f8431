import { resolve } from 'node:path'
import { pathTrouble } from '../../src-shared/paths'
import { terminalJson, terminalText } from '../engine/logs/terminal-text'

/** Exit status: everything was done. */
export const DONE = 0
/** Some orders failed, or the command was refused. */
export const SOME_FAILED = 1
/** The command wasn't given as it should be. */
export const WRONG_USAGE = 2
/** The workspace can't be used. */
export const WORKSPACE_UNUSABLE = 3

/** What every command takes. */
export interface Shared {
  workspace: string
  json?: boolean
}

/** Failures that come from how the command was given. */
export class UsageError extends Error {}

/** A path as a person types it, from the folder that they are in, by the rule for every path. */
export function wholePath(word: string): string {
  if (word.trim() === '') throw new UsageError('a path is empty')
  const path = resolve(word)
  const trouble = pathTrouble(path)
  if (trouble !== null) throw new UsageError(`${trouble.message} ${trouble.remedy}`)
  return path
}

/** Writes a line to standard error. */
export function say(text: string): void {
  process.stderr.write(`${terminalText(text)}\n`)
}

/** Writes a result to standard output, as JSON if that was asked for. */
export function print(options: Shared, value: unknown, text: string): void {
  process.stdout.write(`${options.json === true ? terminalJson(JSON.stringify(value, null, 2)) : terminalText(text)}\n`)
}
