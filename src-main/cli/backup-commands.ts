import { basename, join } from 'node:path'
import { version } from '../../package.json'
import type { RestorePreview } from '../../src-shared/contract/contract'
import { errorMessage } from '../../src-shared/failure'
import { copyDurably, createRestoreOnly, type Engine, FailureError, systemClock } from '../engine/engine'
import { engineLog } from '../log/engine-log'
import { call, openEngine, runTasks, withEngine } from './cli-engine'
import { absolutePath, DONE, print, type SharedOptions, SOME_FAILED } from './cli-output'
import { previewText } from './cli-text'

/** `backup`: makes a checked backup now and, if asked, a copy of it in another folder. Returns the exit status. */
export function backup({ to, ...options }: SharedOptions & { to?: string }): Promise<number> {
  return withEngine(options, async (engine) => {
    const [run] = await runTasks(engine, ['Back Up'])
    const { backups } = await call(engine, 'backups.list', {})
    // Skips backups whose time is in the future because of a wrong clock.
    const newest = backups.find(({ kind, at }) => kind === 'regular' && at <= (run?.endedAt ?? ''))
    if (run === undefined || run.doneCount === 0 || newest === undefined) {
      print(options, { run }, run?.summary ?? '')
      return SOME_FAILED
    }
    const copy = to === undefined ? null : join(absolutePath(to), basename(newest.file))
    if (copy !== null) await copyInto(newest.file, copy)
    print(options, { run, backup: newest, copy }, [run.summary, newest.file, ...(copy === null ? [] : [copy])].join('\n'))
    return run.failedCount === 0 ? DONE : SOME_FAILED
  })
}

async function copyInto(file: string, copy: string): Promise<void> {
  try {
    await copyDurably(file, copy)
  } catch (error) {
    throw new FailureError({
      code: 'backup-not-copied',
      message: `The backup ${file} was made, but could not be copied to ${copy}: ${errorMessage(error)}`,
      remedy: 'Check that the folder can be reached and written to, and that its disk is not full.',
    })
  }
}

/**
 * `restore`: shows what a restore would change or, with `--yes`, restores the backup. Only works if no program has the workspace open, because that
 * program would have to be restarted.
 */
export async function restore({ from, yes, ...options }: SharedOptions & { from: string; yes: boolean }): Promise<void> {
  const workspaceFolder = absolutePath(options.workspace)
  const file = absolutePath(from)
  const engine = await openOrRestoreOnly(workspaceFolder)
  let preview: RestorePreview
  try {
    preview = await call(engine, 'backups.preview', { file })
    if (yes) await call(engine, 'backups.restore', { file })
  } finally {
    await engine.stop()
  }
  if (!yes) return print(options, { preview }, `${previewText(preview)}\n\nNothing was changed. Add --yes to restore this backup.`)
  const restored = await openEngine(workspaceFolder, false)
  try {
    const { lastRestore } = await call(restored, 'backups.list', {})
    const done = [
      ...(lastRestore?.results ?? []),
      'Write Order is paused. Check the orders that need review, then resume it on Sync > Status.',
    ]
    print(options, { preview, restored: lastRestore }, `${previewText(preview)}\n\nRestored.\n${done.join('\n')}`)
  } finally {
    await restored.stop()
  }
}

async function openOrRestoreOnly(workspaceFolder: string): Promise<Pick<Engine, 'execute' | 'stop'>> {
  try {
    return await openEngine(workspaceFolder, false)
  } catch (error) {
    if (!(error instanceof FailureError) || error.action !== 'restore') throw error
    const log = engineLog(workspaceFolder)
    const restoreOnly = createRestoreOnly({ workspaceFolder, version, clock: systemClock, log }, error.toFailure())
    return { execute: (name, input, { actor }) => restoreOnly.execute(name, input, actor), stop: async () => {} }
  }
}
