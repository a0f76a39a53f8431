import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { app } from 'electron'
import type { SessionStart } from '../../../src-shared/contract/contract'
import { errorMessage, type Result } from '../../../src-shared/failure'
import { desktopEntry } from './desktop-entry'
import { log } from './log'
import { windowsWord } from './windows-words'

/** Whether Ledgerdrop starts with the session, minimised, on this workspace. */
export async function sessionStart(workspaceFolder: string): Promise<SessionStart> {
  const whyNot = app.isPackaged ? null : 'This is a development start; the installed program offers it.'
  if (whyNot !== null) return { isOn: false, whyNot }
  if (process.platform === 'linux') return { isOn: await isThere(autostartFile()), whyNot: null }
  return { isOn: app.getLoginItemSettings(loginItem(workspaceFolder)).openAtLogin, whyNot: null }
}

/** Has Ledgerdrop start with the session, or not. */
export async function setSessionStart(isOn: boolean, workspaceFolder: string): Promise<Result<SessionStart>> {
  const { whyNot } = await sessionStart(workspaceFolder)
  if (whyNot !== null) return { ok: false, error: { code: 'session-start-not-offered', message: whyNot, remedy: 'Install Ledgerdrop.' } }
  try {
    if (process.platform !== 'linux') app.setLoginItemSettings({ openAtLogin: isOn, ...loginItem(workspaceFolder) })
    else if (isOn) await writeAutostart(workspaceFolder)
    else await rm(autostartFile(), { force: true })
    return { ok: true, value: await sessionStart(workspaceFolder) }
  } catch (error) {
    log.error('start with the session not changed', error)
    const message = `Starting with the session could not be changed: ${errorMessage(error)}`
    return { ok: false, error: { code: 'session-start-failed', message, remedy: 'Check that you may write there, and try again.' } }
  }
}

function wordsAfter(workspaceFolder: string): string[] {
  return ['--hidden', `--workspace=${workspaceFolder}`]
}

/** Electron joins these with blanks and quotes nothing: not even its own path, if it is left to that (electron#32657). macOS ignores both. */
function loginItem(workspaceFolder: string): { path: string; args: string[] } {
  return { path: windowsWord(process.execPath), args: wordsAfter(workspaceFolder).map(windowsWord) }
}

async function writeAutostart(workspaceFolder: string): Promise<void> {
  // An AppImage runs from a folder that is gone when it ends; the variable names the file itself.
  const program = process.env.APPIMAGE ?? process.execPath
  await mkdir(join(autostartFile(), '..'), { recursive: true })
  await writeFile(autostartFile(), desktopEntry([program, ...wordsAfter(workspaceFolder)]))
}

function autostartFile(): string {
  const given = process.env.XDG_CONFIG_HOME ?? ''
  return join(isAbsolute(given) ? given : join(homedir(), '.config'), 'autostart', 'ledgerdrop.desktop')
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
