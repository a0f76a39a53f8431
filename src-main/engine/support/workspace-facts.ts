import { access, constants } from 'node:fs/promises'
import { arch, cpus, freemem, platform, release, totalmem } from 'node:os'
import type { EngineContext } from '../context/context'
import { databaseFacts } from '../database/facts-store'
import { listRuns, listSyncTasks } from '../database/runs-store'
import { mailSettings } from '../notices/mail-settings'
import { listProblems } from '../problems/problems'
import { syncSettings } from '../settings/publish-settings'

const FOLDER_LIMIT_MS = 3000
const MAX_RUNS = 200

/** The versions of the program, its runtime and the system. */
export async function versions(engine: EngineContext, version: string) {
  const { electron, chrome, node, v8 } = process.versions
  const database = await databaseFacts(engine.db)
  return {
    ledgerdrop: version,
    electron: electron ?? 'none',
    chrome: chrome ?? 'none',
    node,
    v8,
    sqlite: database.sqlite,
    migrations: database.migrations,
    system: `${platform()} ${release()} ${arch()}`,
    processors: cpus().length,
    memoryMb: Math.round(totalmem() / 1_048_576),
    freeMemoryMb: Math.round(freemem() / 1_048_576),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

/**
 * The settings without secrets. The email settings are reduced to the server, its encryption, and the state of the
 * password.
 */
export async function settingsWithoutSecrets(engine: EngineContext) {
  const { server, password } = await mailSettings(engine)
  return {
    ...(await syncSettings(engine.db)),
    tasks: await listSyncTasks(engine.db),
    mail:
      server === null ? null : { host: server.host, port: server.port, security: server.security, signsIn: server.user !== '', password },
  }
}

/** Facts about the workspace: folders, counts, and problems without their texts, which may name people. */
export async function workspaceFacts(engine: EngineContext) {
  const { sources, destinations, codeFolders } = await syncSettings(engine.db)
  const { orders, deliveries } = await databaseFacts(engine.db)
  const folders = [engine.workspace.folder, ...sources.map((source) => source.folder), ...destinations.map(({ folder }) => folder)]
  for (const folder of [codeFolders.customers, codeFolders.products]) if (folder !== null) folders.push(folder)
  return {
    at: engine.now(),
    isNew: engine.workspace.isNew,
    syncFailure: engine.syncFailure?.failure.code ?? null,
    orders,
    deliveries,
    folders: await Promise.all([...new Set(folders)].map(async (folder) => ({ folder, access: await folderAccess(folder) }))),
    problems: (await listProblems(engine)).problems.map(({ kind, at, failure }) => ({ kind, at, code: failure.code })),
  }
}

/** The newest runs of all tasks. `isMasked` leaves out their summaries, which may contain file names. */
export async function newestRuns(engine: EngineContext, isMasked: boolean) {
  const runs = await listRuns(engine.db, undefined, null, MAX_RUNS)
  return isMasked ? runs.map(({ summary: _summary, ...run }) => run) : runs
}

/** Whether a folder can be read and written. Gives up on a network folder that doesn't respond in time. */
async function folderAccess(folder: string): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const timedOut = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer'), FOLDER_LIMIT_MS)
  })
  const accessed = access(folder, constants.R_OK | constants.W_OK).then(
    () => 'read and write',
    (error: NodeJS.ErrnoException) => error.code ?? 'unreachable',
  )
  const answer = await Promise.race([accessed, timedOut])
  clearTimeout(timer)
  return answer
}
