import { readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { APP_HOST, APP_SCHEME } from './origin'

/** A file or folder name: no leading dots, no colon (streams, drives), no backslash, no control characters, no `%`. */
const NAME = /^[A-Za-z0-9_@+~-][A-Za-z0-9_@+~. -]*$/

/**
 * The path below `root` of an `app://ledgerdrop/` address; null for any other address. Decodes once and then accepts plain names
 * only, so that nothing is left for the file system to interpret.
 */
export function resolveAppPath(address: string, root: string): string | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST || url.username !== '' || url.password !== '') return null
  if (url.pathname === '/' || url.pathname === '') return join(root, 'index.html')
  // None of our names contains a slash, and a decoded one would be a separator.
  if (/%2f|%5c/i.test(url.pathname)) return null
  const names = decode(url.pathname)?.slice(1).split('/')
  if (names === undefined || !names.every((name) => NAME.test(name) && !/[. ]$/.test(name))) return null
  return join(root, ...names)
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

/** The file's bytes; null if it doesn't exist or if a link points outside `root`. */
export async function readInside(path: string, root: string): Promise<Buffer | null> {
  try {
    const [realPath, realRoot] = await Promise.all([realpath(path), realpath(root)])
    return realPath.startsWith(realRoot + sep) ? await readFile(realPath) : null
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG'
}
