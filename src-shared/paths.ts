import { z } from 'zod'
import type { Failure } from './failure'

/** How a system writes paths. */
export type PathStyle = 'windows' | 'posix'

/** How this computer writes them. A page has no process and cannot know: it lets pass what either would take, and the engine checks again. */
const OWN_STYLES: readonly PathStyle[] =
  globalThis.process === undefined ? ['posix', 'windows'] : [globalThis.process.platform === 'win32' ? 'windows' : 'posix']

/** From a drive's root, or on a share. `\dir` and `C:dir` depend on where the program happens to stand, and `\\.\` and `\\?\` are devices. */
const WHOLE: Readonly<Record<PathStyle, RegExp>> = { windows: /^(?:[a-z]:[\\/]|[\\/]{2}[^\\/?.][^\\/]*[\\/]+[^\\/]+)/i, posix: /^\// }

const EXAMPLE: Readonly<Record<PathStyle, string>> = {
  windows: 'C:\\Ledgerdrop\\Orders or \\\\server\\orders',
  posix: '/home/office/orders',
}

/** Half characters and control characters: no system shows them, and a null ends the path for some. */
const UNSEEN = /[\p{Cc}\p{Cs}]/u

/** Windows takes these for devices in every folder, whatever ending follows. */
export const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(?:\.|$)/i

/** Windows drops dots and blanks at the end of a name, and takes these characters for patterns, streams and pipes. */
const NOT_A_WINDOWS_NAME = /[<>:"|?*]|[. ]$/

/**
 * The one rule for every path that a person, a page or a script gives: whole, so that nothing depends on the folder in which the program was started, and
 * meaning to the system what it says. Gives `path-not-absolute`, `path-unsafe`, or null for a path that can be used.
 */
export function pathTrouble(path: string, styles: readonly PathStyle[] = OWN_STYLES): Failure | null {
  const troubles = styles.map((style) => troubleIn(path, style))
  return troubles.includes(null) ? null : (troubles[0] ?? null)
}

function troubleIn(path: string, style: PathStyle): Failure | null {
  if (UNSEEN.test(path)) return unsafe(path, 'has characters that cannot be seen')
  if (!WHOLE[style].test(path)) {
    return {
      code: 'path-not-absolute',
      message: `${shown(path)} is not a whole path.`,
      remedy: `Write it from the ${style === 'windows' ? 'drive or the server' : 'root'} on, such as ${EXAMPLE[style]}, or in the window choose it with Choose…`,
    }
  }
  if (style === 'posix') return null
  const names = path.replace(/^[a-z]:/i, '').split(/[\\/]+/)
  if (names.some((name) => DEVICE_NAME.test(name))) return unsafe(path, 'has the name of a device in it')
  const isBad = (name: string) => name !== '.' && name !== '..' && NOT_A_WINDOWS_NAME.test(name)
  return names.some(isBad) ? unsafe(path, 'has a name in it that Windows does not take') : null
}

function unsafe(path: string, why: string): Failure {
  return { code: 'path-unsafe', message: `${shown(path)} ${why}.`, remedy: 'Choose another name or folder.' }
}

function shown(path: string): string {
  const text = path.replaceAll(/[\p{Cc}\p{Cs}]/gu, '?')
  return `“${text.length <= 200 ? text : `${text.slice(0, 200)}…`}”`
}

/** Tells a schema's trouble as a failure of its own; the dispatcher gives it to the person as it is. */
export function addFailure(context: z.RefinementCtx, failure: Failure): void {
  context.addIssue({ code: 'custom', message: failure.message, params: { failure } })
}

function check(text: string, context: z.RefinementCtx): void {
  const trouble = pathTrouble(text)
  if (trouble !== null) addFailure(context, trouble)
}

/** A folder's whole path; whether it exists is seen when it is used. */
export const folderPath = z.string().trim().min(1).max(1000).superRefine(check)

/** A file's whole path. */
export const filePath = z.string().min(1).max(4096).superRefine(check)
