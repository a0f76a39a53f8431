import type { SYNC_COMMANDS } from '../../../src-shared/contract/contract'
import { SYNC_TASKS, WHOLE_SYNC } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { listRunEntries } from '../database/run-entries-store'
import { findRun, listRuns } from '../database/runs-store'
import { listProblems } from '../problems/problems'
import { activityOfDays } from '../runs/activity'
import type { SyncRunner } from '../runs/sync-runner'
import { checkSchedule, nextRuns } from '../time/next-run'
import type { HandlersOf } from './dispatcher'
import type { PublishAfter } from './publish-after'
import { planProblems, resolveProblems } from './resolve-problems'

const PREVIEW_RUN_COUNT = 5

/** Handlers for sync tasks, their runs, and problems. */
export function syncHandlers(
  engine: EngineContext,
  runner: SyncRunner,
  publishAfter: PublishAfter,
): HandlersOf<keyof typeof SYNC_COMMANDS> {
  return {
    'sync.status': async () => ({ tasks: await runner.tasks(), health: await runner.health() }),
    'sync.runNow': async ({ task }, { actor }) => {
      await runner.enqueue(task === undefined ? WHOLE_SYNC : [task], { trigger: 'Sync Now', actor })
      return { tasks: await runner.tasks() }
    },
    'sync.cancel': async ({ task }, { actor }) => {
      await runner.cancel(task === undefined ? SYNC_TASKS : [task], actor)
      return { tasks: await runner.tasks() }
    },
    'sync.setSchedule': async ({ task, schedule }) => {
      await runner.setSchedule(task, schedule)
      return { tasks: await runner.tasks() }
    },
    'sync.previewSchedule': async ({ schedule }) => {
      const now = engine.clock.now()
      checkSchedule(schedule, now, engine.timeZone)
      return { times: nextRuns(schedule, now, engine.timeZone, PREVIEW_RUN_COUNT).map((at) => at.toISOString()) }
    },
    'sync.setPaused': async ({ task, isPaused }) => {
      await runner.setPaused(task === undefined ? WHOLE_SYNC : [task], isPaused)
      return { tasks: await runner.tasks() }
    },
    'sync.pauseFor': async ({ minutes }) => {
      await runner.pauseFor(WHOLE_SYNC, minutes)
      return { tasks: await runner.tasks() }
    },
    'sync.history': async ({ task, before, limit }) => ({ runs: await listRuns(engine.db, task, before, limit) }),
    'sync.activity': async ({ days }) => ({ days: await activityOfDays(engine, days) }),
    'sync.runLog': async ({ runId, limit, ...page }) => {
      const run = await findRun(engine.db, runId)
      if (run === undefined) throw runMissing()
      const entries = await listRunEntries(engine.db, { ...page, runId, limit: limit + 1 })
      return { run, entries: entries.slice(0, limit), hasMore: entries.length > limit }
    },
    'sync.problems': (filter) => listProblems(engine, filter),
    'sync.planProblems': (input) => planProblems(engine, input),
    'sync.resolveProblems': async (input, { actor }) => {
      const { tasksToRun, ...result } = await publishAfter(resolveProblems(engine, input, actor))
      if (tasksToRun.length > 0) await runner.enqueue(tasksToRun, { trigger: 'Sync Now', actor })
      return result
    },
  }
}

function runMissing(): FailureError {
  return new FailureError({
    code: 'run-missing',
    message: 'This run is no longer in the history.',
    remedy: 'Runs that found nothing to do are replaced by the next one. Go back to Sync > History.',
  })
}
