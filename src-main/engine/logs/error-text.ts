import { FailureError } from '../../../src-shared/failure'
import { pathTag } from './file-tag'

const MAX_DEPTH = 5
/** System calls on folders. Folder names don't identify customers, and support needs them. */
const FOLDER_CALLS: ReadonlySet<string> = new Set(['scandir', 'opendir', 'mkdir', 'rmdir', 'statfs', 'watch'])

/**
 * An error as text for a log: its kind, stack and causes, in words that come from Ledgerdrop or the system. It never
 * contains the message that people see, which may quote an order or a file, or the error's other properties. Files that
 * Ledgerdrop didn't create appear as tags.
 */
export function errorText(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return `${typeof error} ${withoutQuotes(String(error))}`
  const causes = [...(error instanceof AggregateError ? error.errors : []), ...(error.cause === undefined ? [] : [error.cause])]
  const causeTexts = depth >= MAX_DEPTH ? [] : causes.slice(0, MAX_DEPTH).map((cause) => `because of ${errorText(cause, depth + 1)}`)
  return [`${error.name}: ${reasonOf(error)}`, ...framesOf(error), ...causeTexts].join('\n')
}

/** An error in one word: its code, or else its kind. */
export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : error instanceof Error ? error.name : typeof error
}

function reasonOf(error: Error): string {
  if (error instanceof FailureError) return error.code
  const { code, syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: unknown }
  if (typeof syscall === 'string' && typeof path === 'string') {
    const pathText = (filePath: string) => (FOLDER_CALLS.has(syscall) ? filePath : pathTag(filePath))
    return `${code}: ${syscall} ${pathText(path)}${typeof dest === 'string' ? ` to ${pathText(dest)}` : ''}`
  }
  return `${typeof code === 'string' ? `${code}: ` : ''}${withoutQuotes(error.message)}`
}

/** Removes quoted data, because parsers quote invalid text. Keeps quoted names of columns, fields and functions, which contain no spaces. */
function withoutQuotes(message: string): string {
  return message
    .replaceAll(/"[^"]*"(?=(?:\.\.\.)? is not valid JSON)/g, '"…"')
    .replaceAll(/(["'`“])([^"'`“”\n]*)(["'`”])/g, (match: string, open: string, text: string, close: string) =>
      /^[\w.$@/:-]{0,60}$/.test(text) ? match : `${open}…${close}`,
    )
}

/** The stack's frames, without the message that some runtimes repeat before them. */
function framesOf({ stack = '' }: Error): string[] {
  return stack.split('\n').filter((line) => /^\s+at /.test(line))
}
