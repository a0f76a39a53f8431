import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { app } from 'electron'
import type { SessionStart } from '../../../src-shared/contract/contract'
import { errorMessage, type Result } from '../../../src-shared/failure'
import { desktopEntry } from './desktop-entry'
import { log } from './log'
import { windowsArgument } from './windows-argument'

/** Whether Ledgerdrop starts at login, in the tray, with this workspace. */
export async function sessionStart(workspaceFolder: string): Promise<SessionStart> {
  const unavailableReason = app.isPackaged ? null : 'Only the installed program can start at login.'
  if (unavailableReason !== null) return { isOn: false, unavailableReason }
  if (process.platform === 'linux') return { isOn: await fileExists(autostartFile()), unavailableReason: null }
  return { isOn: app.getLoginItemSettings(loginItem(workspaceFolder)).openAtLogin, unavailableReason: null }
}

/** Switches starting at login on or off. */
export async function setSessionStart(isOn: boolean, workspaceFolder: string): Promise<Result<SessionStart>> {
  const { unavailableReason } = await sessionStart(workspaceFolder)
  if (unavailableReason !== null)
    return { ok: false, error: { code: 'session-start-not-offered', message: unavailableReason, remedy: 'Install Ledgerdrop.' } }
  try {
    if (process.platform !== 'linux') app.setLoginItemSettings({ openAtLogin: isOn, ...loginItem(workspaceFolder) })
    else if (isOn) await writeAutostart(workspaceFolder)
    else await rm(autostartFile(), { force: true })
    return { ok: true, value: await sessionStart(workspaceFolder) }
  } catch (error) {
    log.error('start at login not changed', error)
    const message = `The setting to start at login could not be changed: ${errorMessage(error)}`
    return {
      ok: false,
      error: { code: 'session-start-failed', message, remedy: 'Check that you have permission to write there, and try again.' },
    }
  }
}

function startArguments(workspaceFolder: string): string[] {
  return ['--hidden', `--workspace=${workspaceFolder}`]
}

/** Electron joins these with spaces without quoting anything, not even its own default path (electron#32657). macOS ignores both. */
function loginItem(workspaceFolder: string): { path: string; args: string[] } {
  return { path: windowsArgument(process.execPath), args: startArguments(workspaceFolder).map(windowsArgument) }
}

async function writeAutostart(workspaceFolder: string): Promise<void> {
  // An AppImage runs from a temporary mount; APPIMAGE contains the path of the file itself.
  const program = process.env.APPIMAGE ?? process.execPath
  await mkdir(join(autostartFile(), '..'), { recursive: true })
  await writeFile(autostartFile(), desktopEntry([program, ...startArguments(workspaceFolder)]))
}

function autostartFile(): string {
  const given = process.env.XDG_CONFIG_HOME ?? ''
  return join(isAbsolute(given) ? given : join(homedir(), '.config'), 'autostart', 'ledgerdrop.desktop')
}

async function fileExists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
