import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** What the choice of folders depends on. */
export interface Computer {
  platform: NodeJS.Platform
  home: string
  env: Readonly<Record<string, string | undefined>>
}

/**
 * The default workspace. Never in a folder that is synchronised over the network (roaming profile, OneDrive's Documents), where
 * SQLite's locks don't work.
 */
export function defaultWorkspace({ platform, home, env }: Computer): string {
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
 * per folder: a second start on the same workspace shows the first window, and a start on another workspace gets its own window.
 */
export function userDataFolder(workspaceFolder: string, appDataFolder: string, platform: NodeJS.Platform): string {
  const normalised = platform === 'win32' || platform === 'darwin' ? realPath(workspaceFolder).toLowerCase() : realPath(workspaceFolder)
  const key = createHash('sha256').update(normalised).digest('hex').slice(0, 16)
  return join(appDataFolder, 'Ledgerdrop', 'windows', key)
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    // A workspace that doesn't exist yet has no real path to look up.
    return resolve(folder)
  }
}
