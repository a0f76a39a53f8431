import { randomUUID } from 'node:crypto'
import { open, readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { DestinationRow } from '../../../src-shared/contract/contract'
import { type Failure, FailureError } from '../../../src-shared/failure'
import { openDeliveries } from '../database/deliveries-store'
import type { Database } from '../database/open-database'
import { findDestination } from '../database/settings-store'
import { findStagingMark } from '../database/workspace-store'
import { openDropFolder } from '../deliveries/drop-folder'
import { type StagingState, stagingFolderIn } from '../deliveries/staging-folder'
import { stagingName } from '../deliveries/staging-key'
import { folderFailure } from '../files/folder-failure'
import type { OwnerToken } from '../files/owner-token'
import { unreadableFile, unreadableFiles } from '../files/unreadable-file'
import { isIntakeFile } from '../intake/take-files'
import { sharedFolder, type UsedFolder } from '../settings/shared-folder'
import { type Finding, well, wrong } from './finding'

/** A staged file that lies longer than this is not being written. */
const STALE_MS = 60 * 60_000

/** Whether an intake folder can be read and written (what was read moves to Done) and isn't one of `others` as well. */
export async function checkIntake(check: string, folder: string, others: readonly UsedFolder[]): Promise<Finding> {
  if (folder === '') return wrong(check, 'no folder is set', 'Choose one in Orders > Sync Settings.')
  const trouble = (await whyNotUsable(folder)) ?? (await sharedFolder(folder, 'intake', others)) ?? (await whyNotAllReadable(folder))
  return trouble === null ? well(check, `${folder} can be read and written`) : wrong(check, trouble.message, trouble.remedy)
}

async function whyNotAllReadable(folder: string): Promise<Failure | null> {
  const unreadable = await unreadableFiles(folder, isIntakeFile)
  const [first] = unreadable
  return first === undefined ? null : unreadableFile(first[0], first[1], unreadable.size - 1)
}

/**
 * Whether files can be dropped at a destination: a folder that isn't one of `others` as well, staging on the same disk and as it was left, nothing stale
 * in it. `owner`: the last start; without one nothing is known of the staging folder.
 */
export async function checkDestination(
  db: Database,
  { id, name, folder, trouble }: DestinationRow,
  others: readonly UsedFolder[],
  owner: OwnerToken | null,
  now: Date,
): Promise<Finding[]> {
  const check = `Destination ${name}`
  const unusable = (await whyNotUsable(folder)) ?? (await sharedFolder(folder, 'drop', others))
  if (unusable !== null) return [wrong(check, unusable.message, unusable.remedy)]
  if (owner === null) return [well(check, `${folder} can be written`)]
  try {
    const stored = await findDestination(db, id)
    const key = { name: stagingName(owner.workspaceId, id), owner, mark: (await findStagingMark(db, id, folder)) ?? null }
    const { staging, volume } = await openDropFolder(folder, key, stored?.volume ?? null)
    const stagingFolder = stagingFolderIn(folder, key.name)
    const isThere = staging.history !== 'missing'
    if (isThere && String((await stat(stagingFolder)).dev) !== volume) {
      const remedy = 'A file cannot be renamed from one disk to another: make .ledgerdrop an ordinary folder below the drop folder.'
      return [wrong(check, `${stagingFolder} is on another disk than ${folder}`, remedy)]
    }
    const findings = [
      trouble === null
        ? well(check, `${folder} can be written; staging is on the same disk`)
        : wrong(check, trouble.message, trouble.remedy),
    ]
    if (isThere) findings.push(checkHistory(name, staging), await checkStaged(db, id, name, stagingFolder, now))
    return findings
  } catch (error) {
    if (error instanceof FailureError) return [wrong(check, error.message, error.remedy)]
    const failure = folderFailure(error, folder)
    return [wrong(check, failure.message, failure.remedy)]
  }
}

function checkHistory(name: string, { history, owner }: StagingState): Finding {
  const check = `Staging folder of ${name}`
  if (history === 'older') {
    const remedy = 'Run Write Order (Sync Now): orders whose files may have been taken will need review.'
    return wrong(check, 'was put back to an older state, for example from a backup', remedy)
  }
  if (history === 'foreign') {
    const who = owner === null ? 'another copy of this workspace' : `${owner.folder} on the computer ${owner.computer}`
    return wrong(
      check,
      `was last used from ${who}`,
      'Run Write Order (Sync Now), then decide on Sync > Problems which copy is the real one.',
    )
  }
  return well(check, 'is as this workspace left it')
}

async function checkStaged(db: Database, id: number, name: string, stagingFolder: string, now: Date): Promise<Finding> {
  const check = `Staged files of ${name}`
  const stale: string[] = []
  for (const path of (await readdir(stagingFolder, { recursive: true })).filter((one) => one.endsWith('.part'))) {
    if (now.getTime() - (await stat(join(stagingFolder, path))).mtimeMs > STALE_MS) stale.push(basename(path))
  }
  const prepared = await openDeliveries(db, id, 'prepared')
  const old = prepared.filter(({ preparedAt }) => now.getTime() - Date.parse(preparedAt) > STALE_MS)
  if (stale.length + old.length === 0) return well(check, 'none is left over')
  const remedy = 'Run Write Order (Sync Now): it completes or takes back what is left over. Do not delete the files.'
  return wrong(check, `${Math.max(stale.length, old.length)} left over for more than an hour, e.g. ${stale[0] ?? old[0]?.fileName}`, remedy)
}

/** Why a folder cannot be read and written; null where it can. Leaves nothing behind. */
export async function whyNotUsable(folder: string): Promise<FailureError | null> {
  // No accounting package's pattern matches it, and no intake takes it.
  const probe = join(folder, `.ledgerdrop-doctor-${randomUUID()}.tmp`)
  try {
    if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', syscall: 'stat' })
    await readdir(folder)
    const file = await open(probe, 'wx')
    await file.close()
    await rm(probe)
    return null
  } catch (error) {
    return folderFailure(error, folder)
  }
}
