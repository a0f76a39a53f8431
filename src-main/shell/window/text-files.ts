import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import { errorMessage, type Result } from '../../../src-shared/failure'
import type { EngineThread } from '../../engine-thread/engine-thread'
import { log } from '../system/log'

const MAX_BYTES = 50_000_000

/** Lets the person choose where to write a file. The page only suggests the file name. Null if they cancel. */
export async function chooseFile(parent: BrowserWindow, suggestedName: string): Promise<string | null> {
  const name = basename(suggestedName).replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '_') || 'file'
  const answer = await dialog.showSaveDialog(parent, { defaultPath: name, filters: filtersFor(extname(name).slice(1)) })
  return answer.canceled || answer.filePath === '' ? null : answer.filePath
}

/** Saves text to a file that the person chooses, if the engine allows that path. Returns the path, or null if they cancel. */
export async function saveText(
  parent: BrowserWindow,
  engine: EngineThread,
  suggestedName: string,
  text: string,
): Promise<Result<string | null>> {
  const path = await chooseFile(parent, suggestedName)
  if (path === null) return { ok: true, value: null }
  const checked = await engine.invokeForWindow('app.checkFile', { path })
  if (!checked.ok) return checked
  try {
    await writeFile(path, text)
    return { ok: true, value: path }
  } catch (error) {
    log.error('text not saved', error)
    const message = `${path} could not be written: ${errorMessage(error)}`
    return { ok: false, error: { code: 'file-not-saved', message, remedy: 'Choose another folder and save again.' } }
  }
}

/** Reads a text file that the person chooses; null if they cancel. */
export async function openText(parent: BrowserWindow, extension: string): Promise<Result<{ name: string; text: string } | null>> {
  const answer = await dialog.showOpenDialog(parent, { properties: ['openFile'], filters: filtersFor(extension) })
  const [path] = answer.filePaths
  if (answer.canceled || path === undefined) return { ok: true, value: null }
  try {
    if ((await stat(path)).size > MAX_BYTES) {
      return { ok: false, error: { code: 'too-large', message: `${path} is too large.`, remedy: 'Choose another file.' } }
    }
    return { ok: true, value: { name: basename(path), text: await readFile(path, 'utf8') } }
  } catch (error) {
    log.error('text not opened', error)
    const message = `${path} could not be read: ${errorMessage(error)}`
    return {
      ok: false,
      error: { code: 'file-not-opened', message, remedy: 'Check that the file exists and is not open in another program.' },
    }
  }
}

function filtersFor(extension: string): Electron.FileFilter[] {
  return extension === '' ? [] : [{ name: extension.toUpperCase(), extensions: [extension] }]
}
