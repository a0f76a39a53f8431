import { resolve } from 'node:path'
import { invalidPath } from '../../src-shared/paths'
import { terminalJson, terminalText } from '../engine/logs/terminal-text'

/** Exit status: everything was done. */
export const DONE = 0
/** Exit status: some orders failed, or the command was refused. */
export const SOME_FAILED = 1
/** Exit status: the command line has an error. */
export const WRONG_USAGE = 2
/** Exit status: the workspace can't be used. */
export const WORKSPACE_UNUSABLE = 3

/** Options that every command has. */
export interface SharedOptions {
  workspace: string
  json?: boolean
}

/** An error in the arguments of a command. */
export class UsageError extends Error {}

/** Resolves a path from the command line against the current folder. Throws UsageError for an empty or unsafe path. */
export function absolutePath(text: string): string {
  if (text.trim() === '') throw new UsageError('a path is empty')
  const path = resolve(text)
  const invalid = invalidPath(path)
  if (invalid !== null) throw new UsageError(`${invalid.message} ${invalid.remedy}`)
  return path
}

/** Writes a line to standard error. */
export function printError(text: string): void {
  process.stderr.write(`${terminalText(text)}\n`)
}

/** Writes a result to standard output: `value` as JSON with `--json`, otherwise `text`. */
export function print(options: SharedOptions, value: unknown, text: string): void {
  process.stdout.write(`${options.json === true ? terminalJson(JSON.stringify(value, null, 2)) : terminalText(text)}\n`)
}
