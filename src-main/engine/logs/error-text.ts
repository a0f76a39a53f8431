import { FailureError } from '../../../src-shared/failure'
import { pathTag } from './file-tag'

const DEEPEST = 5
/** What works on folders: their names are the office's choice, and support needs them. */
const ON_FOLDERS: ReadonlySet<string> = new Set(['scandir', 'opendir', 'mkdir', 'rmdir', 'statfs', 'watch'])

/**
 * An error as a log says it: what kind, where in the program, and why, as far as Ledgerdrop or the system says so in words of its own. Never the sentence
 * meant for the person, which quotes what is in an order or a file, never what was attached to the error, and of files from outside only tags.
 */
export function errorText(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return `${typeof error} ${withoutQuotes(String(error))}`
  const causes = [...(error instanceof AggregateError ? error.errors : []), ...(error.cause === undefined ? [] : [error.cause])]
  const because = depth >= DEEPEST ? [] : causes.slice(0, DEEPEST).map((cause) => `because of ${errorText(cause, depth + 1)}`)
  return [`${error.name}: ${reasonOf(error)}`, ...framesOf(error), ...because].join('\n')
}

/** An error in a word: a failure's code, the system's code, or what kind it is. */
export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : error instanceof Error ? error.name : typeof error
}

function reasonOf(error: Error): string {
  if (error instanceof FailureError) return error.code
  const { code, syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: unknown }
  if (typeof syscall === 'string' && typeof path === 'string') {
    const said = (one: string) => (ON_FOLDERS.has(syscall) ? one : pathTag(one))
    return `${code}: ${syscall} ${said(path)}${typeof dest === 'string' ? ` to ${said(dest)}` : ''}`
  }
  return `${typeof code === 'string' ? `${code}: ` : ''}${withoutQuotes(error.message)}`
}

/** Readers quote what they stumbled over; names of columns, fields and functions have no blanks. */
function withoutQuotes(message: string): string {
  return message
    .replaceAll(/"[^"]*"(?=(?:\.\.\.)? is not valid JSON)/g, '"…"')
    .replaceAll(/(["'`“])([^"'`“”\n]*)(["'`”])/g, (all: string, open: string, text: string, close: string) =>
      /^[\w.$@/:-]{0,60}$/.test(text) ? all : `${open}…${close}`,
    )
}

/** Where in the program. Some runtimes repeat the message before the frames. */
function framesOf({ stack = '' }: Error): string[] {
  return stack.split('\n').filter((line) => /^\s+at /.test(line))
}
