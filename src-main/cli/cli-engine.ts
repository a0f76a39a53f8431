import { version } from '../../package.json'
import type { CommandInput, CommandName, CommandOutput, RunRow, SyncTaskName } from '../../src-shared/contract/contract'
import { createEngine, type Engine, FailureError, systemClock } from '../engine/engine'
import { userName } from '../engine-thread/user-name'
import { engineLog } from '../log/engine-log'
import { absolutePath, DONE, printError, type SharedOptions, SOME_FAILED } from './cli-output'
import { type CommandEngine, runningEngine } from './control-client'

/**
 * The caller of every command that comes from the command line. It has all rights, because a person who runs it can
 * already open the workspace's files. Actions are recorded under the computer user's name.
 */
export const CALLER = { actor: userName(), role: 'administrator' } as const

/** Opens the workspace, runs `work`, and closes it again. Throws the FailureErrors of `createEngine`. */
export async function withOwnEngine<T>(options: SharedOptions, canCreate: boolean, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEngine(absolutePath(options.workspace), canCreate)
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

/**
 * Runs `work` on the workspace, through the running program if it has the workspace open. Throws the FailureErrors of
 * `createEngine`.
 */
export async function withEngine<T>(options: SharedOptions, work: (engine: CommandEngine) => Promise<T>): Promise<T> {
  const workspaceFolder = absolutePath(options.workspace)
  const engine = await openEngine(workspaceFolder, false).catch(async (error: unknown) => {
    const running = error instanceof FailureError && error.code === 'workspace-locked' ? await runningEngine(workspaceFolder) : null
    if (running === null) throw error
    return running
  })
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

/** Opens the workspace. Throws the FailureErrors of `createEngine`. */
export function openEngine(workspaceFolder: string, canCreate: boolean): Promise<Engine> {
  const mailPassword = process.env.LEDGERDROP_SMTP_PASSWORD
  const log = engineLog(workspaceFolder)
  return createEngine({
    workspaceFolder,
    canCreate,
    version,
    clock: systemClock,
    log,
    onEvent: (name, event) => {
      if (name === 'logLevel.changed') log.setLevel(event.level)
    },
    // A scheduler, e.g. Windows Task Scheduler, starts the next process at the next scheduled time.
    onHung: (task) => {
      printError(
        `error: ${task} hangs and cannot be stopped.\nCheck the folders that it works with. The next sync completes what was in progress. (run-hung)`,
      )
      process.exit(SOME_FAILED)
    },
    ...(mailPassword === undefined || mailPassword === '' ? {} : { mailPassword }),
  })
}

/** Runs a command of the contract. Throws its failure as a FailureError. */
export async function call<Name extends CommandName>(
  engine: Pick<CommandEngine, 'execute'>,
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name>> {
  const result = await engine.execute(name, input, CALLER)
  if (!result.ok) throw new FailureError(result.error)
  return result.value as CommandOutput<Name>
}

/** Runs the tasks one after the other, and returns their runs. */
export async function runTasks(engine: CommandEngine, tasks: readonly SyncTaskName[]): Promise<RunRow[]> {
  const runs: RunRow[] = []
  for (const task of tasks) runs.push(await engine.runTask(task, { trigger: 'command line', actor: CALLER.actor }))
  return runs
}

/** The exit status after these runs. */
export function exitStatusOf(runs: readonly RunRow[]): number {
  return runs.every((run) => run.outcome === 'done') ? DONE : SOME_FAILED
}
