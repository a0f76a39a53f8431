import { join } from 'node:path'
import { filesIn, type Office } from './office'

/** Makes a backup and returns its path. */
export async function backUp(office: Office): Promise<string> {
  const run = await office.run('Back Up')
  if (run.outcome !== 'done') throw new Error(`Back Up: ${run.summary}`)
  return newestBackup(office)
}

/** The path of the newest regular backup in the workspace. */
export function newestBackup(office: Office): string {
  const folder = join(office.workspace, 'backups')
  const name = filesIn(folder).findLast((fileName) => fileName.startsWith('ledgerdrop-'))
  if (name === undefined) throw new Error('There is no backup')
  return join(folder, name)
}

/** Restores a backup as the program does: requests it, then reopens the workspace. */
export async function restore(office: Office, file: string): Promise<void> {
  await office.command('backups.restore', { file })
  await office.restart()
}
