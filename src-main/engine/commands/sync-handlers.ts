import type { CommandOutput, SYNC_COMMANDS } from '../../../src-shared/contract'
import { WHOLE_SYNC } from '../../../src-shared/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context'
import { closeProblem } from '../database/problems-store'
import { listRuns } from '../database/runs-store'
import type { HandlersOf } from '../dispatcher'
import { dismissNotice, retryNotice } from '../notices/notice-records'
import { listProblems, noticeOfProblem } from '../settings/problems'
import { MAIL_SERVER_PROBLEM } from '../sync/send-notices'
import type { SyncRunner } from '../sync/sync-runner'
import type { TellAfter } from './tell-after'
import { tryMailServer } from './try-mail-server'

/** Sync tasks, their runs, and what needs a person. */
export function syncHandlers(engine: EngineContext, runner: SyncRunner, tellAfter: TellAfter): HandlersOf<keyof typeof SYNC_COMMANDS> {
  return {
    'sync.status': async () => ({ tasks: await runner.tasks(), health: await runner.health() }),
    'sync.runNow': async ({ task }, { actor }) => {
      await runner.ask(task === undefined ? WHOLE_SYNC : [task], { trigger: 'Sync Now', actor })
      return { tasks: await runner.tasks() }
    },
    'sync.setSchedule': async ({ task, everyMinutes }) => {
      await runner.setSchedule(task, everyMinutes)
      return { tasks: await runner.tasks() }
    },
    'sync.setPaused': async ({ task, isPaused }) => {
      await runner.setPaused(task === undefined ? WHOLE_SYNC : [task], isPaused)
      return { tasks: await runner.tasks() }
    },
    'sync.history': async ({ task, before, limit }) => ({ runs: await listRuns(engine.db, task, before, limit) }),
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
