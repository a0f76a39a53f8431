import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The computer, as far as the choice of folders depends on it. */
export interface Computer {
  platform: NodeJS.Platform
  home: string
  env: Readonly<Record<string, string | undefined>>
}

/**
 * The workspace of someone who names none. Never a folder that follows the person over the network (roaming profile,
 * OneDrive's Documents): SQLite's locks do not hold there.
 */
export function usualWorkspace({ platform, home, env }: Computer): string {
  switch (platform) {
    case 'win32':
      return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Ledgerdrop', 'Workspace')
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Ledgerdrop', 'Workspace')
    default:
      return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'ledgerdrop', 'workspace')
  }
}

/**
 * Chromium's folder (window position, caches, single instance lock) for a workspace. One per workspace, because the lock is
 * per folder: a second start on the same workspace finds the first window, one on another workspace gets a window of its own.
 */
export function userDataOf(workspaceFolder: string, appDataFolder: string, platform: NodeJS.Platform): string {
  const sameForSame = platform === 'win32' || platform === 'darwin' ? real(workspaceFolder).toLowerCase() : real(workspaceFolder)
  const key = createHash('sha256').update(sameForSame).digest('hex').slice(0, 16)
  return join(appDataFolder, 'Ledgerdrop', 'windows', key)
}

function real(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    // A workspace that does not exist yet has no other name either.
    return resolve(folder)
  }
}
