import { z } from 'zod'
import type { Failure } from './failure'

/** An operating system's path syntax. */
export type PathStyle = 'windows' | 'posix'

/** This computer's path syntax. A page has no `process` and can't know it, so it accepts both; the engine checks again. */
const OWN_STYLES: readonly PathStyle[] =
  globalThis.process === undefined ? ['posix', 'windows'] : [globalThis.process.platform === 'win32' ? 'windows' : 'posix']

/** Absolute paths, on a drive or a share. `\dir` and `C:dir` depend on the current folder, and `\\.\` and `\\?\` are device paths. */
const ABSOLUTE: Readonly<Record<PathStyle, RegExp>> = { windows: /^(?:[a-z]:[\\/]|[\\/]{2}[^\\/?.][^\\/]*[\\/]+[^\\/]+)/i, posix: /^\// }

const EXAMPLE: Readonly<Record<PathStyle, string>> = {
  windows: 'C:\\Ledgerdrop\\Orders or \\\\server\\orders',
  posix: '/home/office/orders',
}

/** Control characters and lone surrogates. No system displays them, and some end the path at a null character. */
const INVISIBLE = /[\p{Cc}\p{Cs}]/u

/** Names that Windows treats as devices in every folder, with any extension. */
export const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(?:\.|$)/i

/**
 * Windows removes dots and spaces from the end of a name, and uses the other characters for patterns, streams and
 * pipes.
 */
const INVALID_WINDOWS_NAME = /[<>:"|?*]|[. ]$/

/**
 * Checks a path from a user, a page or a script. It has to be absolute, so that it doesn't depend on the folder the
 * program was started in, and must not contain anything that the system interprets differently. Returns a failure
 * (`path-not-absolute`, `path-unsafe`), or null if the path is valid.
 */
export function invalidPath(path: string, styles: readonly PathStyle[] = OWN_STYLES): Failure | null {
  const failures = styles.map((style) => checkStyle(path, style))
  return failures.includes(null) ? null : (failures[0] ?? null)
}

function checkStyle(path: string, style: PathStyle): Failure | null {
  if (INVISIBLE.test(path)) return unsafe(path, 'contains invisible characters')
  if (!ABSOLUTE[style].test(path)) {
    return {
      code: 'path-not-absolute',
      message: `${quoted(path)} is not a full path.`,
      remedy: `Enter the full path, such as ${EXAMPLE[style]}. In the window, you can also click Choose….`,
    }
  }
  if (style === 'posix') return null
  const names = path.replace(/^[a-z]:/i, '').split(/[\\/]+/)
  if (names.some((name) => DEVICE_NAME.test(name))) return unsafe(path, 'contains a name that Windows reserves for a device')
  const isInvalid = (name: string) => name !== '.' && name !== '..' && INVALID_WINDOWS_NAME.test(name)
  return names.some(isInvalid) ? unsafe(path, 'contains a name that Windows does not allow') : null
}

function unsafe(path: string, reason: string): Failure {
  return { code: 'path-unsafe', message: `${quoted(path)} ${reason}.`, remedy: 'Choose another name or folder.' }
}

function quoted(path: string): string {
  const text = path.replaceAll(/[\p{Cc}\p{Cs}]/gu, '?')
  return `“${text.length <= 200 ? text : `${text.slice(0, 200)}…`}”`
}

/** Adds a failure to a schema's issues. The dispatcher returns that failure unchanged. */
export function addFailure(context: z.RefinementCtx, failure: Failure): void {
  context.addIssue({ code: 'custom', message: failure.message, params: { failure } })
}

function check(text: string, context: z.RefinementCtx): void {
  const failure = invalidPath(text)
  if (failure !== null) addFailure(context, failure)
}

/** A folder's absolute path. Whether the folder exists is checked when it is used. */
export const folderPath = z.string().trim().min(1).max(1000).superRefine(check)

/** A file's absolute path. */
export const filePath = z.string().min(1).max(4096).superRefine(check)
