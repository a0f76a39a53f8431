import { Button } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useId } from 'react'
import type { SyncTaskRow } from '../../src-shared/contract/contract'
import { assertNever } from '../../src-shared/failure'
import { goTo } from '../navigation/navigation'
import { useCan } from '../session/can'
import { cancelRun } from '../sync/sync-status-store'
import { outcomeLabel, type StateLabel } from '../text/state-labels'
import { syncStatusText } from '../text/sync-status-text'
import { AgoText, UntilText } from '../widgets/time-text'
import { ToneText } from '../widgets/tone-text'
import { TaskMenu } from './task-menu'
import { TaskProgress } from './task-progress'

const text = syncStatusText.task

function stateLabel({ state, isStopping }: SyncTaskRow): StateLabel {
  switch (state) {
    case 'idle':
      return { text: text.idle, tone: 'plain' }
    case 'queued':
      return { text: text.queued, tone: 'busy' }
    case 'running':
      return { text: isStopping ? text.ending : text.running, tone: 'busy' }
    case 'paused':
      return { text: text.paused, tone: 'caution' }
    default:
      return assertNever(state)
  }
}

function CancelButton({ task }: { task: SyncTaskRow }) {
  const canCancel = useCan('sync.cancel')
  if (!canCancel) return null
  return (
    <Button
      variant="default"
      size="compact-xs"
      leftSection={<IconPlayerStop size={13} aria-hidden />}
      aria-label={text.cancelOf(task.name)}
      disabled={task.isStopping}
      onClick={() => cancelRun(task.name)}
    >
      {text.cancel}
    </Button>
  )
}

function CurrentRun({ task }: { task: SyncTaskRow }) {
  return (
    <>
      <div className="soft small">{text.progress}</div>
      <TaskProgress task={task} />
    </>
  )
}

function NextRunTime({ task: { state, nextRunAt, isPaused } }: { task: SyncTaskRow }) {
  if (state === 'queued') return text.now
  if (nextRunAt !== null) return <UntilText at={nextRunAt} />
  return <span>{isPaused ? text.paused : text.notScheduled}</span>
}

function NextRun({ task }: { task: SyncTaskRow }) {
  return (
    <>
      <div className="soft small">{text.nextRun}</div>
      <NextRunTime task={task} />
    </>
  )
}

function LastRun({ task: { lastRun } }: { task: SyncTaskRow }) {
  if (lastRun === null) return <span className="soft">{text.neverRan}</span>
  return (
    <>
      <div className="task-run">
        <ToneText label={outcomeLabel(lastRun.outcome)} />
        <button type="button" className="link-button" onClick={() => goTo({ screen: 'run', runId: lastRun.id })}>
          <AgoText at={lastRun.endedAt ?? lastRun.startedAt} />
        </button>
      </div>
      <div className="soft small">{lastRun.summary}</div>
    </>
  )
}

/** A sync task with its state, last run, next run and clock icon. */
export function TaskItem({ task }: { task: SyncTaskRow }) {
  const titleId = useId()
  const isBusy = task.state === 'running' || task.state === 'queued'
  return (
    <li className="task" aria-labelledby={titleId}>
      <div className="task-what">
        <h2 id={titleId}>{task.name}</h2>
        <span className="soft small">{task.description}</span>
      </div>
      <div>
        <ToneText label={stateLabel(task)} />
        <div className="soft small">{text.schedule(task.schedule)}</div>
      </div>
      <div className="task-last">
        <LastRun task={task} />
      </div>
      <div className="task-next">
        {task.state === 'running' ? <CurrentRun task={task} /> : <NextRun task={task} />}
        {isBusy && <CancelButton task={task} />}
      </div>
      <TaskMenu task={task} />
    </li>
  )
}
