import { Progress } from '@mantine/core'
import { useId } from 'react'
import type { SyncTaskRow } from '../../src-shared/contract'
import { assertNever } from '../../src-shared/failure'
import { LOCALE } from '../text/dates'
import { outcomeWords, type StateWords } from '../text/state-words'
import { AgoText, UntilText } from '../widgets/time-text'
import { ToneText } from '../widgets/tone-text'
import { TaskMenu } from './task-menu'

function stateWords(state: SyncTaskRow['state']): StateWords {
  switch (state) {
    case 'idle':
      return { text: 'Idle', tone: 'plain' }
    case 'queued':
      return { text: 'Queued', tone: 'busy' }
    case 'running':
      return { text: 'Running', tone: 'busy' }
    case 'paused':
      return { text: 'Paused', tone: 'caution' }
    default:
      return assertNever(state)
  }
}

function TaskProgress({ name, progress }: { name: string; progress: NonNullable<SyncTaskRow['progress']> }) {
  const { done, total } = progress
  const numbers =
    total === null ? `${done.toLocaleString(LOCALE)} done` : `${done.toLocaleString(LOCALE)} of ${total.toLocaleString(LOCALE)}`
  return (
    <div className="task-progress">
      <Progress.Root size="md" radius="sm">
        <Progress.Section
          value={total === null || total === 0 ? 100 : (100 * done) / total}
          striped={total === null}
          aria-label={`${name}: progress`}
          aria-valuetext={numbers}
        />
      </Progress.Root>
      <span className="small">{numbers}</span>
    </div>
  )
}

function RunningNow({ task }: { task: SyncTaskRow }) {
  return (
    <>
      <div className="soft small">Progress</div>
      <TaskProgress name={task.name} progress={task.progress ?? { done: 0, total: null }} />
    </>
  )
}

function NextRun({ task }: { task: SyncTaskRow }) {
  return (
    <>
      <div className="soft small">Next run</div>
      {task.state === 'queued' ? (
        'Now'
      ) : task.nextRunAt === null ? (
        <span>{task.isPaused ? 'Paused' : 'Not planned'}</span>
      ) : (
        <UntilText at={task.nextRunAt} />
      )}
    </>
  )
}

/** One sync task with its state, last run, next run and the clock icon. */
export function TaskItem({ task }: { task: SyncTaskRow }) {
  const titleId = useId()
  const { lastRun } = task
  return (
    <li className="task" aria-labelledby={titleId}>
      <div className="task-what">
        <h2 id={titleId}>{task.name}</h2>
        <span className="soft small">{task.description}</span>
      </div>
      <div>
        <ToneText words={stateWords(task.state)} />
        <div className="soft small">Every {task.everyMinutes === 1 ? 'minute' : `${task.everyMinutes} minutes`}</div>
      </div>
      <div className="task-last">
        {lastRun === null ? (
          <span className="soft">Has not run yet</span>
        ) : (
          <>
            <div className="task-run">
              <ToneText words={outcomeWords(lastRun.outcome)} />
              <AgoText at={lastRun.endedAt ?? lastRun.startedAt} />
            </div>
            <div className="soft small">{lastRun.summary}</div>
          </>
        )}
      </div>
      <div>{task.state === 'running' ? <RunningNow task={task} /> : <NextRun task={task} />}</div>
      <TaskMenu task={task} />
    </li>
  )
}
