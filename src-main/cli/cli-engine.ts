import { version } from '../../package.json'
import type { CommandInput, CommandName, CommandOutput, RunRow, SyncTaskName } from '../../src-shared/contract/contract'
import { createEngine, type Engine, FailureError, systemClock } from '../engine/engine'
import { personName } from '../engine-thread/person'
import { engineLog } from '../log/engine-log'
import { DONE, type Shared, SOME_FAILED, say, wholePath } from './cli-output'
import { type CommandEngine, runningEngine } from './control-client'

/** Who may open the workspace's files may do everything; recorded under the name that they signed in to the computer with. */
export const CALLER = { actor: personName(), role: 'administrator' } as const

/** Opens the workspace for one piece of work and closes it again. */
export async function withOwnEngine<T>(options: Shared, canCreate: boolean, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEngine(wholePath(options.workspace), canCreate)
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

/** Does one piece of work in the workspace; where a running program has it open, through that program. */
export async function withEngine<T>(options: Shared, work: (engine: CommandEngine) => Promise<T>): Promise<T> {
  const workspaceFolder = wholePath(options.workspace)
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
    // Whoever started this process, e.g. Windows' Task Scheduler, starts the next one at its time.
    onHung: (task) => {
      say(
        `error: ${task} hangs and cannot be ended.\nCheck the folders that it works with; the next sync completes what was under way. (run-hung)`,
      )
      process.exit(SOME_FAILED)
    },
    ...(mailPassword === undefined || mailPassword === '' ? {} : { mailPassword }),
  })
}

/** Runs a command of the contract. Throws its failure. */
export async function call<Name extends CommandName>(
  engine: Pick<CommandEngine, 'execute'>,
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name>> {
  const result = await engine.execute(name, input, CALLER)
  if (!result.ok) throw new FailureError(result.error)
  return result.value as CommandOutput<Name>
}

/** Runs the tasks one after the other, and gives their runs. */
export async function runTasks(engine: CommandEngine, tasks: readonly SyncTaskName[]): Promise<RunRow[]> {
  const done: RunRow[] = []
  for (const task of tasks) done.push(await engine.runTask(task, { trigger: 'command line', actor: CALLER.actor }))
  return done
}

/** The exit status after these runs. */
export function statusOf(done: readonly RunRow[]): number {
  return done.every((run) => run.outcome === 'done') ? DONE : SOME_FAILED
}
