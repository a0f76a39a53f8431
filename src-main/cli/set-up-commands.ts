import { mkdir } from 'node:fs/promises'
import { WHOLE_SYNC } from '../../src-shared/contract/contract'
import { errorMessage } from '../../src-shared/failure'
import { PROFILE_NAMES, type ProfileName } from '../../src-shared/profiles/profiles'
import { FailureError, foldersInside, hasWorkspace, sharedFolderFailure, type UsedFolder } from '../engine/engine'
import { listDrops } from './cli-drops'
import { call, exitStatusOf, runTasks, withOwnEngine } from './cli-engine'
import { absolutePath, print, type SharedOptions, UsageError } from './cli-output'
import { demoText } from './cli-text'

/** `demo`: creates a workspace with sample orders, then reads and writes them. Returns the exit status. */
export function demo(options: SharedOptions): Promise<number> {
  return withOwnEngine(options, true, async (engine) => {
    if (engine.isNew) await engine.addSamples({ withFailing: false })
    const runs = await runTasks(engine, WHOLE_SYNC)
    const { rows } = await call(engine, 'orders.list', {})
    const { destinations } = await call(engine, 'settings.get', {})
    const drops = await listDrops(destinations)
    print(options, { workspace: engine.workspaceFolder, runs, orders: rows, drops }, demoText(engine.workspaceFolder, runs, rows, drops))
    return exitStatusOf(runs)
  })
}

/** A destination from the arguments of `init`. */
export interface DestinationArgument {
  name: string
  profile: ProfileName
  folder: string
}

/** Parses one `NAME=PROFILE:FOLDER` and adds it to the earlier ones. Throws UsageError. */
export function collectDestination(text: string, earlier: DestinationArgument[] | undefined): DestinationArgument[] {
  const [, name, profile, folder] = /^([^=]+)=([^:]+):(.+)$/s.exec(text) ?? []
  const known = PROFILE_NAMES.find((profileName) => profileName === profile)
  if (name === undefined || folder === undefined) throw new UsageError(`--destination ${text}: use the form NAME=PROFILE:FOLDER.`)
  if (known === undefined)
    throw new UsageError(`--destination ${text}: there is no profile ${profile}. Use one of ${PROFILE_NAMES.join(', ')}.`)
  return [...(earlier ?? []), { name: name.trim(), profile: known, folder }]
}

/** `init`: creates an empty workspace with one intake folder and its destinations. */
export async function init(options: SharedOptions & { intake: string; destination: DestinationArgument[] }): Promise<void> {
  const workspace = absolutePath(options.workspace)
  if (hasWorkspace(workspace)) {
    throw new FailureError({
      code: 'workspace-exists',
      message: `There is already a workspace in ${workspace}.`,
      remedy: 'Choose another folder. Nothing was changed.',
    })
  }
  const intake = absolutePath(options.intake)
  const destinations = options.destination.map((given) => ({ ...given, folder: absolutePath(given.folder) }))
  const names = destinations.map(({ name }) => name)
  if (new Set(names).size < names.length) throw new UsageError('two destinations have the same name')
  const drops = destinations.map(({ name, folder }): UsedFolder => ({ folder, use: 'drop', title: name }))
  const shared = await sharedFolderFailure(intake, 'intake', drops)
  if (shared !== null) throw new UsageError(`the intake folder is also used by a destination. ${shared.message} ${shared.remedy}`)
  // Everything that is likely to fail is done before the workspace is created, so that the command can be run again.
  const folders = [intake, ...destinations.map(({ folder }) => folder)]
  const inside = await foldersInside(workspace, folders)
  for (const folder of folders) if (!inside.includes(folder)) await makeFolder(folder)
  await withOwnEngine(options, true, async (engine) => {
    for (const folder of inside) await makeFolder(folder)
    for (const [index, destination] of destinations.entries()) {
      await call(engine, 'settings.saveDestination', { ...destination, isDefault: index === 0 })
    }
    const first = (await call(engine, 'settings.get', {})).destinations.find(({ isDefault }) => isDefault)
    if (first === undefined) throw new Error('The default destination was not saved')
    const settings = await call(engine, 'settings.saveSource', { name: 'Intake folder', folder: intake, destinationId: first.id })
    const text = [
      `Workspace ${engine.workspaceFolder}`,
      `Intake ${intake}`,
      ...settings.destinations.map(({ name, profile, folder }) => `${name}: ${profile} into ${folder}`),
    ]
    print(options, { workspace: engine.workspaceFolder, ...settings }, text.join('\n'))
  })
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw new UsageError(`the folder ${folder} cannot be created: ${errorMessage(error)}`)
  }
}
