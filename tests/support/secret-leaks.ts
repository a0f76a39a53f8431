import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'

/** A key as it could appear in files and outputs: as it is, in an address, in JSON, and in Base64 alone or as in Basic authentication. */
export function formsOf({ account, secret }: { account: string; secret: string }): string[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const forms = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
  ]
  return [
    ...new Set([...forms, secret.replaceAll(' ', ''), base64(secret), base64(`${account}:${secret}`), Buffer.from(secret).toString('hex')]),
  ]
}

/** Returns the files in a folder and its subfolders that contain one of these texts in any place, also within a zip. Compares all bytes. */
export function filesContaining(folder: string, texts: readonly string[]): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.map((entry) => join(entry.parentPath, entry.name)).filter((file) => contentsOf(file).some((bytes) => isIn(bytes, texts)))
}

function contentsOf(file: string): Uint8Array[] {
  const bytes = readFileSync(file)
  return file.endsWith('.zip') ? [bytes, ...Object.values(unzipSync(bytes))] : [bytes]
}

function isIn(bytes: Uint8Array, texts: readonly string[]): boolean {
  const content = Buffer.from(bytes)
  return texts.some((text) => content.includes(text) || content.includes(Buffer.from(text, 'utf16le')))
}
