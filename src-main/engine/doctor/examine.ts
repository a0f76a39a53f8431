import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorMessage } from '../../../src-shared/failure'
import { backupSubfolder, chosenFolder, databaseFile } from '../backups/backup-folders'
import { backupFiles } from '../backups/list-backups'
import type { OutsideSecrets } from '../context/context'
import { type InspectedDatabase, inspectDatabase } from '../database/inspect-database'
import type { Database } from '../database/open-database'
import { listDestinations, listSources } from '../database/settings-store'
import { acquireWorkspaceLock } from '../database/workspace-lock'
import { findWorkspace } from '../database/workspace-store'
import { type DiskSpace, diskSpaceOf, isNearlyFull } from '../files/disk-space'
import { type OwnerToken, readOwnerToken } from '../files/owner-token'
import { isPrivate } from '../files/private-files'
import { unansweredQuestion } from '../ownership/ownership-question'
import { currentLocation, isSameLocation } from '../ownership/workspace-location'
import { codeFolders } from '../settings/publish-settings'
import { dropFolders, intakeFolders, workspaceFolders } from '../settings/shared-folder'
import { checkDestination, checkIntake, folderProblem } from './check-folders'
import { checkArchive, checkMailServer, checkProblems, checkTasks } from './check-records'
import { checkStore } from './check-stores'
import { checkUpdates } from './check-updates'
import { type Finding, failed, passed } from './finding'

const DAY_MS = 24 * 60 * 60_000
const GIGABYTE = 1024 ** 3
/** A recorded time may be this far ahead of the computer's clock. */
const CLOCK_TOLERANCE_MS = 5 * 60_000

/** The workspace to examine, and facts that the doctor can't find out itself. */
export interface ExamineOptions {
  workspaceFolder: string
  version: string
  now: Date
  /** True if a running program has this workspace open and is responding. */
  isProgramResponding(): Promise<boolean>
  /** The free space on the workspace's disk. Default: as the system reports it. */
  diskSpace?: (folder: string) => Promise<DiskSpace>
  /** Stores' secrets that come from outside, e.g. from environment variables. */
  storeSecrets?: OutsideSecrets
}

/** Checks everything that support would ask for. Changes nothing, and works while the program is running or can't start. */
export async function examine(options: ExamineOptions): Promise<Finding[]> {
  const { workspaceFolder: folder, version, now } = options
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const findings = [
    passed('Version', `Ledgerdrop ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`),
    passed('Time', `${now.toISOString()}, time zone ${zone}`),
  ]
  const id = await workspaceId(folder)
  if (id === null) {
    const remedy = 'Check the folder given with --workspace. Settings > Workspace shows the right one.'
    return [...findings, failed('Workspace', `${folder} contains no readable workspace.json`, remedy)]
  }
  const unusable = await folderProblem(folder)
  findings.push(
    unusable === null ? passed('Workspace', `${folder} can be written to`) : failed('Workspace', unusable.message, unusable.remedy),
    await checkLock(options),
    await checkAccess(folder),
    checkDisk(await (options.diskSpace ?? diskSpaceOf)(folder)),
  )
  const file = databaseFile(folder)
  let database: InspectedDatabase
  try {
    database = inspectDatabase(file)
  } catch (error) {
    const remedy = 'Start Ledgerdrop. It offers the newest good backup. Do not delete the file.'
    return [...findings, failed('Database', `${file} cannot be read: ${errorMessage(error)}`, remedy)]
  }
  try {
    findings.push(...checkDatabase(database, file, now))
    // An older database lacks tables that the other checks read.
    return database.missingMigrations.length > 0 ? findings : [...findings, ...(await checkContents(options, database, id))]
  } finally {
    await database.close()
  }
}

async function checkContents(
  { workspaceFolder: folder, version, now, storeSecrets }: ExamineOptions,
  { db }: InspectedDatabase,
  id: string,
): Promise<Finding[]> {
  const findings: Finding[] = []
  const sources = await listSources(db)
  if (sources.length === 0)
    findings.push(failed('Sources', 'there are none, so no orders are received', 'Add a source in Orders > Sync Settings.'))
  const ownFolders = workspaceFolders(folder)
  const drops = [...(await dropFolders(db)), ...ownFolders]
  const intakes = [...(await intakeFolders(db)), ...ownFolders]
  for (const source of sources) {
    const { name, store } = source
    findings.push(
      store === null
        ? await checkIntake(`Source ${name}`, source.folder, drops)
        : await checkStore({ ...source, store }, sources, folder, storeSecrets ?? null),
    )
  }
  for (const [kind, codeFolder] of Object.entries(await codeFolders(db))) {
    if (codeFolder !== null) findings.push(await checkIntake(`List of ${kind}`, codeFolder, drops))
  }
  const owner = await lastOwner(db, folder, id)
  for (const destination of await listDestinations(db)) findings.push(...(await checkDestination(db, destination, intakes, owner, now)))
  findings.push(
    await checkOwnership(db, folder),
    ...(await checkTasks(db, now)),
    ...(await checkProblems(db)),
    await checkArchive(db, join(folder, 'archive')),
    await checkBackups(folder, id, now),
    await checkMailServer(db),
    await checkUpdates(db, version),
  )
  return findings
}

/** The owner token of the last engine start, as recorded in the database; null if none is recorded. */
async function lastOwner(db: Database, folder: string, id: string): Promise<OwnerToken | null> {
  const known = await findWorkspace(db)
  if (known === undefined) return null
  return { workspaceId: id, epoch: known.epoch, token: known.token, fileId: '', folder, computer: known.computer }
}

/**
 * Checks that the workspace hasn't moved since it was last opened, and that there is no open question about which copy is
 * the real one.
 */
async function checkOwnership(db: Database, folder: string): Promise<Finding> {
  const question = await unansweredQuestion(db)
  if (question !== null) return failed('Workspace copy', question.message, question.remedy)
  const owner = await readOwnerToken(folder)
  if (owner === null || isSameLocation(owner, await currentLocation(folder)))
    return passed('Workspace copy', 'the workspace is where it was when it was last opened')
  const text = `the workspace was copied or moved: it was last used in ${owner.folder} on the computer ${owner.computer}`
  return failed('Workspace copy', text, 'Start Ledgerdrop, then go to Sync > Problems and decide whether this is the real one.')
}

async function workspaceId(folder: string): Promise<string | null> {
  try {
    const marker = JSON.parse(await readFile(join(folder, 'workspace.json'), 'utf8')) as { id?: unknown }
    return typeof marker.id === 'string' ? marker.id : null
  } catch {
    // Missing and damaged files are reported alike.
    return null
  }
}

async function checkLock({ workspaceFolder, isProgramResponding }: ExamineOptions): Promise<Finding> {
  const file = join(workspaceFolder, 'workspace.lock')
  try {
    const lock = existsSync(file) ? acquireWorkspaceLock(file) : { release: () => {} }
    lock?.release()
    if (lock !== null) return passed('Workspace lock', 'free: no running Ledgerdrop has the workspace open')
  } catch (error) {
    return failed('Workspace lock', errorMessage(error), 'Check that you have permission to write to the workspace folder.')
  }
  if (await isProgramResponding()) return passed('Workspace lock', 'a running Ledgerdrop has the workspace open and is responding')
  const remedy = 'Quit the other Ledgerdrop (or end the command that is still running), then start Ledgerdrop again.'
  return failed('Workspace lock', 'another program has the workspace open but is not responding', remedy)
}

async function checkAccess(folder: string): Promise<Finding> {
  const remedy =
    'Start Ledgerdrop once as the user who owns the folder. If that does not help, move the workspace to a disk that supports access rights.'
  try {
    for (const path of [databaseFile(folder), join(folder, 'archive'), join(folder, 'backups')]) {
      if (!(await isPrivate(path))) return failed('Access', `other users of this computer can read ${path}`, remedy)
    }
    return passed('Access', 'only you can read the database, the archive and the backups')
  } catch (error) {
    return failed('Access', errorMessage(error), remedy)
  }
}

function checkDisk(space: DiskSpace): Finding {
  const { freeBytes, totalBytes } = space
  const text = `${(freeBytes / GIGABYTE).toFixed(1)} GB free on the workspace’s disk (${Math.floor((100 * freeBytes) / Math.max(1, totalBytes))}%)`
  return isNearlyFull(space)
    ? failed('Disk space', text, 'Free some space. Without it, no orders can be stored.')
    : passed('Disk space', text)
}

function checkDatabase({ damage, missingMigrations, unknownMigrations, latestAt }: InspectedDatabase, file: string, now: Date): Finding[] {
  const isFuture = latestAt !== null && Date.parse(latestAt) > now.getTime() + CLOCK_TOLERANCE_MS
  return [
    damage.length === 0
      ? passed('Database', `${file} is intact`)
      : failed(
          'Database',
          `${file} is damaged: ${damage[0]}`,
          'Quit Ledgerdrop, keep a copy of the folder, and restore the newest good backup.',
        ),
    unknownMigrations.length > 0
      ? failed(
          'Database version',
          `made by a newer version of Ledgerdrop (${unknownMigrations.at(-1)})`,
          'Install the newest version on this computer.',
        )
      : missingMigrations.length > 0
        ? failed(
            'Database version',
            `not yet upgraded to this version (${missingMigrations.join(', ')})`,
            'Start Ledgerdrop once. It makes a backup first.',
          )
        : passed('Database version', 'matches this program'),
    isFuture
      ? failed(
          'Clock',
          `the last entry was made at ${latestAt}, later than this computer’s time`,
          'Set the computer’s clock and time zone.',
        )
      : passed('Clock', 'not behind the recorded times'),
  ]
}

async function checkBackups(folder: string, id: string, now: Date): Promise<Finding> {
  const workspace = { id, folder, archiveFolder: join(folder, 'archive'), backupFolder: join(folder, 'backups') }
  const remedy = 'Run Back Up (Sync Now), then check the result in Sync > History.'
  try {
    const chosen = await chosenFolder(workspace)
    const location = chosen === null ? workspace.backupFolder : backupSubfolder(chosen, workspace)
    const newest = (await backupFiles(location))
      .map((file) => file.at)
      .filter((at) => at <= now.toISOString())
      .sort()
      .at(-1)
    if (newest === undefined) return failed('Backups', `there are none in ${location}`, remedy)
    const text = `the newest in ${location} was made at ${newest}`
    return now.getTime() - Date.parse(newest) <= 2 * DAY_MS ? passed('Backups', text) : failed('Backups', text, remedy)
  } catch (error) {
    return failed('Backups', errorMessage(error), remedy)
  }
}
