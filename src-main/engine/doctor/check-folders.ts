import { randomUUID } from 'node:crypto'
import { open, readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { DestinationRow } from '../../../src-shared/contract/contract'
import { type Failure, FailureError } from '../../../src-shared/failure'
import { deliveriesInState } from '../database/deliveries-store'
import type { Database } from '../database/open-database'
import { findDestination } from '../database/settings-store'
import { findStagingMark } from '../database/workspace-store'
import { openDropFolder } from '../deliveries/drop-folder'
import { type StagingState, stagingFolderIn } from '../deliveries/staging-folder'
import { stagingName } from '../deliveries/staging-key'
import { folderFailure } from '../files/folder-failure'
import type { OwnerToken } from '../files/owner-token'
import { findUnreadableFiles, unreadableFileFailure } from '../files/unreadable-file'
import { isIntakeFile } from '../intake/take-files'
import { sharedFolderFailure, type UsedFolder } from '../settings/shared-folder'
import { type Finding, failed, passed } from './finding'

/** A staged file older than this was left over: nothing is writing it any more. */
const STALE_MS = 60 * 60_000

/** Checks that an intake folder can be read from and written to (files that were read are moved to Done) and isn't also one of `others`. */
export async function checkIntake(check: string, folder: string, others: readonly UsedFolder[]): Promise<Finding> {
  if (folder === '') return failed(check, 'no folder is set', 'Choose a folder in Orders > Sync Settings.')
  const problem =
    (await folderProblem(folder)) ?? (await sharedFolderFailure(folder, 'intake', others)) ?? (await unreadableFilesProblem(folder))
  return problem === null ? passed(check, `${folder} can be read from and written to`) : failed(check, problem.message, problem.remedy)
}

async function unreadableFilesProblem(folder: string): Promise<Failure | null> {
  const unreadable = await findUnreadableFiles(folder, isIntakeFile)
  const [first] = unreadable
  return first === undefined ? null : unreadableFileFailure(first[0], first[1], unreadable.size - 1)
}

/**
 * Checks that files can be dropped at a destination: its folder isn't also one of `others`, and its staging folder is on the same disk, unchanged
 * since the last start, and without stale files. `owner` is the token of the last engine start; if it is null, the staging
 * folder isn't checked.
 */
export async function checkDestination(
  db: Database,
  { id, name, folder, failure: problem }: DestinationRow,
  others: readonly UsedFolder[],
  owner: OwnerToken | null,
  now: Date,
): Promise<Finding[]> {
  const check = `Destination ${name}`
  const unusable = (await folderProblem(folder)) ?? (await sharedFolderFailure(folder, 'drop', others))
  if (unusable !== null) return [failed(check, unusable.message, unusable.remedy)]
  if (owner === null) return [passed(check, `${folder} can be written to`)]
  try {
    const stored = await findDestination(db, id)
    const key = { name: stagingName(owner.workspaceId, id), owner, mark: (await findStagingMark(db, id, folder)) ?? null }
    const { staging, volume } = await openDropFolder(folder, key, stored?.volume ?? null)
    const stagingFolder = stagingFolderIn(folder, key.name)
    const isThere = staging.history !== 'missing'
    if (isThere && String((await stat(stagingFolder)).dev) !== volume) {
      const remedy =
        'A file cannot be moved from one disk to another in a single step. Make .ledgerdrop an ordinary folder in the drop folder.'
      return [failed(check, `${stagingFolder} is on a different disk from ${folder}`, remedy)]
    }
    const findings = [
      problem === null
        ? passed(check, `${folder} can be written to; staging is on the same disk`)
        : failed(check, problem.message, problem.remedy),
    ]
    if (isThere) findings.push(checkHistory(name, staging), await checkStaged(db, id, name, stagingFolder, now))
    return findings
  } catch (error) {
    if (error instanceof FailureError) return [failed(check, error.message, error.remedy)]
    const failure = folderFailure(error, folder)
    return [failed(check, failure.message, failure.remedy)]
  }
}

function checkHistory(name: string, { history, owner }: StagingState): Finding {
  const check = `Staging folder of ${name}`
  if (history === 'older') {
    const remedy = 'Run Write Order (Sync Now). Orders whose files may have been picked up will need review.'
    return failed(check, 'was reset to an older state, for example from a backup', remedy)
  }
  if (history === 'foreign') {
    const who = owner === null ? 'by another copy of this workspace' : `from ${owner.folder} on the computer ${owner.computer}`
    return failed(
      check,
      `was last used ${who}`,
      'Run Write Order (Sync Now), then go to Sync > Problems and decide which copy is the real one.',
    )
  }
  return passed(check, 'unchanged since its last use')
}

async function checkStaged(db: Database, id: number, name: string, stagingFolder: string, now: Date): Promise<Finding> {
  const check = `Staged files of ${name}`
  const stale: string[] = []
  for (const path of (await readdir(stagingFolder, { recursive: true })).filter((file) => file.endsWith('.part'))) {
    if (now.getTime() - (await stat(join(stagingFolder, path))).mtimeMs > STALE_MS) stale.push(basename(path))
  }
  const prepared = await deliveriesInState(db, id, 'prepared')
  const old = prepared.filter(({ preparedAt }) => now.getTime() - Date.parse(preparedAt) > STALE_MS)
  if (stale.length + old.length === 0) return passed(check, 'none left over')
  const remedy = 'Run Write Order (Sync Now). It completes or withdraws the leftover files. Do not delete them.'
  return failed(
    check,
    `${Math.max(stale.length, old.length)} left over for more than an hour, for example ${stale[0] ?? old[0]?.fileName}`,
    remedy,
  )
}

/** The reason why a folder can't be read from or written to; null if both are possible. Leaves no files behind. */
export async function folderProblem(folder: string): Promise<FailureError | null> {
  // No accounting package's pattern matches this name, and no source reads it as an order.
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
