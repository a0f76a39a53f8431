import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, chownSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './temporary-folder'

/** The user ID of the unprivileged account `nobody` on Debian and Fedora. */
const NOBODY = 65_534

/** Runs `work` as a normal user. If the tests run as root, which can read everything, `folder` and its contents are first given to another user. */
export async function asNormalUser<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work()
  for (const path of [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))]) {
    chownSync(path, NOBODY, NOBODY)
  }
  process.seteuid?.(NOBODY)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}

/**
 * Makes a file unreadable for a normal user: on Windows, another program holds it open; elsewhere, its permissions are removed. Returns a
 * function that makes it readable again.
 */
export async function makeUnreadable(path: string): Promise<() => Promise<void>> {
  if (process.platform === 'win32') return holdFile(path)
  const { mode } = statSync(path)
  chmodSync(path, 0)
  return async () => chmodSync(path, mode)
}

/** Opens a file exclusively in another program, as a spreadsheet does. Windows only. Uses PowerShell, or VBScript if PowerShell is missing (Wine). */
async function holdFile(path: string): Promise<() => Promise<void>> {
  const script = join(temporaryFolder(), 'hold.vbs')
  writeFileSync(script, HOLD_SCRIPT)
  const open = `$f = [IO.File]::Open('${path.replaceAll("'", "''")}', 'Open', 'ReadWrite', 'None'); 'held'; Start-Sleep 600`
  for (const [program, args] of [
    ['powershell.exe', ['-NoProfile', '-Command', open]],
    ['cscript.exe', ['//nologo', script, path]],
  ] as const) {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    onTestFinished(() => void child.kill())
    if (await reportsHeld(child)) {
      return async () => {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill()
        await ended
      }
    }
  }
  throw new Error(`No program could hold ${path} open`)
}

const HOLD_SCRIPT = `Set file = CreateObject("Scripting.FileSystemObject").OpenTextFile(WScript.Arguments(0), 8)\r
WScript.Echo "held"\r
WScript.Sleep 600000\r
`

function reportsHeld(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', () => resolve(false))
    if (child.stdout !== null) createInterface(child.stdout).on('line', (line) => line.trim() === 'held' && resolve(true))
  })
}
