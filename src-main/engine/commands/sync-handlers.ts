import type { CommandOutput, SYNC_COMMANDS } from '../../../src-shared/contract'
import { SYNC_TASKS, WHOLE_SYNC } from '../../../src-shared/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context'
import { closeProblem } from '../database/problems-store'
import { listRunEntries } from '../database/run-entries-store'
import { findRun, listRuns } from '../database/runs-store'
import type { HandlersOf } from '../dispatcher'
import { dismissNotice, retryNotice } from '../notices/notice-records'
import { listProblems, noticeOfProblem } from '../settings/problems'
import { activityOfDays } from '../sync/activity'
import { checkSchedule, nextRuns } from '../sync/next-run'
import { MAIL_SERVER_PROBLEM } from '../sync/send-notices'
import type { SyncRunner } from '../sync/sync-runner'
import type { TellAfter } from './tell-after'
import { tryMailServer } from './try-mail-server'

const PREVIEWED_RUNS = 5

/** Sync tasks, their runs, and what needs a person. */
export function syncHandlers(engine: EngineContext, runner: SyncRunner, tellAfter: TellAfter): HandlersOf<keyof typeof SYNC_COMMANDS> {
  return {
    'sync.status': async () => ({ tasks: await runner.tasks(), health: await runner.health() }),
    'sync.runNow': async ({ task }, { actor }) => {
      await runner.ask(task === undefined ? WHOLE_SYNC : [task], { trigger: 'Sync Now', actor })
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
      return { times: nextRuns(schedule, now, engine.timeZone, PREVIEWED_RUNS).map((at) => at.toISOString()) }
    },
    'sync.setPaused': async ({ task, isPaused }) => {
      await runner.setPaused(task === undefined ? WHOLE_SYNC : [task], isPaused)
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
    'sync.problems': async () => ({ problems: await listProblems(engine) }),
    'sync.dismissProblem': ({ key, reason }, { actor }) => tellAfter(dismissProblem(engine, key, reason, actor)),
    'sync.retryProblem': async ({ key }, { actor }) => {
      await tellAfter(retryProblem(engine, key, actor))
      await runner.runSoon('Send Notices')
      return { problems: await listProblems(engine) }
    },
  }
}

/** Queues a failed mail afresh, or lets all that wait for the mail server be tried now. Throws FailureError `problem-not-retryable`. */
async function retryProblem(engine: EngineContext, key: string, actor: string): Promise<void> {
  const notice = noticeOfProblem(key)
  if (notice !== null && (await retryNotice(engine, notice, actor))) return
  if (key === MAIL_SERVER_PROBLEM) return tryMailServer(engine, actor)
  throw new FailureError({
    code: 'problem-not-retryable',
    message: 'This cannot be tried again from here, or it is gone already.',
    remedy: 'Look at Sync > Problems again.',
  })
}

async function dismissProblem(
  engine: EngineContext,
  key: string,
  reason: string,
  actor: string,
): Promise<CommandOutput<'sync.dismissProblem'>> {
  const notice = noticeOfProblem(key)
  if (notice !== null && (await dismissNotice(engine, notice, reason, actor))) return { problems: await listProblems(engine) }
  if (await closeProblem(engine.db, key, { at: engine.now(), actor, reason })) return { problems: await listProblems(engine) }
  throw new FailureError({
    code: 'problem-not-dismissable',
    message: 'This problem cannot be dismissed, or it is gone already.',
    remedy: 'Solve its cause: it leaves the list by itself then.',
  })
}

function runMissing(): FailureError {
  return new FailureError({
    code: 'run-missing',
    message: 'This run is not kept any more.',
    remedy: 'Runs that found nothing to do make room for the next one. Go back to Sync > History.',
  })
}
