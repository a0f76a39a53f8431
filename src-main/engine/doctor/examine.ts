import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorMessage } from '../../../src-shared/failure'
import { chosenFolder, databaseFile, ownFolderIn } from '../backups/backup-folders'
import { backupFiles } from '../backups/list-backups'
import { type InspectedDatabase, inspectDatabase } from '../database/inspect-database'
import type { Database } from '../database/open-database'
import { listDestinations, listSources } from '../database/settings-store'
import { takeWorkspaceLock } from '../database/workspace-lock'
import { findWorkspace } from '../database/workspace-store'
import { type DiskSpace, diskSpaceOf, isNearlyFull } from '../files/disk-space'
import { type OwnerToken, readOwnerToken } from '../files/owner-token'
import { isPrivate } from '../files/private-files'
import { openQuestion } from '../ownership/ownership-question'
import { currentPlace, isSamePlace } from '../ownership/workspace-place'
import { codeFolders } from '../settings/publish-settings'
import { dropFolders, intakeFolders, workspaceFolders } from '../settings/shared-folder'
import { checkDestination, checkIntake, whyNotUsable } from './check-folders'
import { checkArchive, checkMailServer, checkProblems, checkTasks } from './check-records'
import { checkUpdates } from './check-updates'
import { type Finding, well, wrong } from './finding'

const DAY_MS = 24 * 60 * 60_000
const GIGABYTE = 1024 ** 3
/** A clock may be wrong by so much. */
const CLOCK_MS = 5 * 60_000

/** What the doctor is told. */
export interface Examination {
  workspaceFolder: string
  version: string
  now: Date
  /** Whether a running program answers for this workspace. */
  isProgramAnswering(): Promise<boolean>
  /** The room on the workspace's disk; left out: what the system says. */
  diskSpace?: (folder: string) => Promise<DiskSpace>
}

/** Looks at everything that a support person would ask for; changes nothing, and works while the program runs or cannot start. */
export async function examine(given: Examination): Promise<Finding[]> {
  const { workspaceFolder: folder, version, now } = given
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const findings = [
    well('Version', `Ledgerdrop ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`),
    well('Time', `${now.toISOString()}, time zone ${zone}`),
  ]
  const id = await workspaceId(folder)
  if (id === null) {
    const remedy = 'Check the folder after --workspace; the window names it under Settings > Workspace.'
    return [...findings, wrong('Workspace', `${folder} holds no readable workspace.json`, remedy)]
  }
  const unusable = await whyNotUsable(folder)
  findings.push(
    unusable === null ? well('Workspace', `${folder} can be written`) : wrong('Workspace', unusable.message, unusable.remedy),
    await checkLock(given),
    await checkAccess(folder),
    checkDisk(await (given.diskSpace ?? diskSpaceOf)(folder)),
  )
  const file = databaseFile(folder)
  let database: InspectedDatabase
  try {
    database = inspectDatabase(file)
  } catch (error) {
    const remedy = 'Start Ledgerdrop: it offers the newest good backup. Do not delete the file.'
    return [...findings, wrong('Database', `${file} cannot be read: ${errorMessage(error)}`, remedy)]
  }
  try {
    return [...findings, ...checkDatabase(database, file, now), ...(await checkContents(given, database, id))]
  } finally {
    await database.close()
  }
}

async function checkContents(
  { workspaceFolder: folder, version, now }: Examination,
  { db }: InspectedDatabase,
  id: string,
): Promise<Finding[]> {
  const findings: Finding[] = []
  const sources = await listSources(db)
  if (sources.length === 0) findings.push(wrong('Sources', 'there is none', 'Add one in Orders > Sync Settings: no orders come in.'))
  const own = workspaceFolders(folder)
  const drops = [...(await dropFolders(db)), ...own]
  const intakes = [...(await intakeFolders(db)), ...own]
  for (const source of sources) findings.push(await checkIntake(`Source ${source.name}`, source.folder, drops))
  for (const [kind, at] of Object.entries(await codeFolders(db))) {
    if (at !== null) findings.push(await checkIntake(`Lists of ${kind}`, at, drops))
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

/** The last start of an engine, as the database has it; null in a database that no engine of this version has opened. */
async function lastOwner(db: Database, folder: string, id: string): Promise<OwnerToken | null> {
  const known = await findWorkspace(db)
  if (known === undefined) return null
  return { workspaceId: id, epoch: known.epoch, token: known.token, fileId: '', folder, computer: known.computer }
}

/** Whether the workspace is where its last start has left it, and nobody has to decide which copy is the real one. */
async function checkOwnership(db: Database, folder: string): Promise<Finding> {
  const question = await openQuestion(db)
  if (question !== null) return wrong('Which copy', question.message, question.remedy)
  const owner = await readOwnerToken(folder)
  if (owner === null || isSamePlace(owner, await currentPlace(folder)))
    return well('Which copy', 'the workspace is where it was at its last start')
  const text = `the workspace was copied or moved: it was last used in ${owner.folder} on the computer ${owner.computer}`
  return wrong('Which copy', text, 'Start Ledgerdrop, and decide on Sync > Problems whether this is the real one.')
}

async function workspaceId(folder: string): Promise<string | null> {
  try {
    const marker = JSON.parse(await readFile(join(folder, 'workspace.json'), 'utf8')) as { id?: unknown }
    return typeof marker.id === 'string' ? marker.id : null
  } catch {
    // Missing or damaged: both are told as one finding.
    return null
  }
}

async function checkLock({ workspaceFolder, isProgramAnswering }: Examination): Promise<Finding> {
  const file = join(workspaceFolder, 'workspace.lock')
  try {
    const lock = existsSync(file) ? takeWorkspaceLock(file) : { release: () => {} }
    lock?.release()
    if (lock !== null) return well('Workspace lock', 'free: no Ledgerdrop has the workspace open')
  } catch (error) {
    return wrong('Workspace lock', errorMessage(error), 'Check that you may write to the workspace folder.')
  }
  if (await isProgramAnswering()) return well('Workspace lock', 'a running Ledgerdrop has the workspace open and answers')
  const remedy = 'End the other Ledgerdrop (or another command that is still running) and start it again.'
  return wrong('Workspace lock', 'something has the workspace open, but does not answer', remedy)
}

async function checkAccess(folder: string): Promise<Finding> {
  const remedy =
    'Start Ledgerdrop once as the user who owns the folder; if that changes nothing, move the workspace to a disk that keeps access rights.'
  try {
    for (const path of [databaseFile(folder), join(folder, 'archive'), join(folder, 'backups')]) {
      if (!(await isPrivate(path))) return wrong('Access', `other users of this computer may read ${path}`, remedy)
    }
    return well('Access', 'only you can read the database, the archive and the backups')
  } catch (error) {
    return wrong('Access', errorMessage(error), remedy)
  }
}

function checkDisk(space: DiskSpace): Finding {
  const { freeBytes, totalBytes } = space
  const text = `${(freeBytes / GIGABYTE).toFixed(1)} GB free on the workspace’s disk (${Math.floor((100 * freeBytes) / Math.max(1, totalBytes))} %)`
  return isNearlyFull(space) ? wrong('Disk space', text, 'Make room: without it no order can be stored.') : well('Disk space', text)
}

function checkDatabase({ damage, missingMigrations, unknownMigrations, latestAt }: InspectedDatabase, file: string, now: Date): Finding[] {
  const isFuture = latestAt !== null && Date.parse(latestAt) > now.getTime() + CLOCK_MS
  return [
    damage.length === 0
      ? well('Database', `${file} is whole`)
      : wrong(
          'Database',
          `${file} is damaged: ${damage[0]}`,
          'Quit Ledgerdrop, keep a copy of the folder, and restore the newest good backup.',
        ),
    unknownMigrations.length > 0
      ? wrong(
          'Database version',
          `made by a newer Ledgerdrop (${unknownMigrations.at(-1)})`,
          'Install the newest version on this computer.',
        )
      : missingMigrations.length > 0
        ? wrong(
            'Database version',
            `not yet brought to this version (${missingMigrations.join(', ')})`,
            'Start Ledgerdrop once; it makes a backup first.',
          )
        : well('Database version', 'that of this program'),
    isFuture
      ? wrong('Clock', `the last entry is of ${latestAt}, later than this computer’s time`, 'Set the computer’s clock and time zone.')
      : well('Clock', 'later than everything that is recorded'),
  ]
}

async function checkBackups(folder: string, id: string, now: Date): Promise<Finding> {
  const place = { id, folder, archiveFolder: join(folder, 'archive'), backupFolder: join(folder, 'backups') }
  const remedy = 'Run Back Up by Sync Now, and look at what it says.'
  try {
    const chosen = await chosenFolder(place)
    const at = chosen === null ? place.backupFolder : ownFolderIn(chosen, place)
    const newest = (await backupFiles(at))
      .map((file) => file.at)
      .filter((at) => at <= now.toISOString())
      .sort()
      .at(-1)
    if (newest === undefined) return wrong('Backups', `there is none in ${at}`, remedy)
    const text = `the newest in ${at} is of ${newest}`
    return now.getTime() - Date.parse(newest) <= 2 * DAY_MS ? well('Backups', text) : wrong('Backups', text, remedy)
  } catch (error) {
    return wrong('Backups', errorMessage(error), remedy)
  }
}
