import { Progress } from '@mantine/core'
import type { SyncTaskRow } from '../../src-shared/contract/contract'
import { syncStatusText } from '../text/sync-status-text'
import { useNow } from '../widgets/now'

const text = syncStatusText.task
/** The remaining time is estimated only after a run has completed this fraction and taken this time. */
const MIN_FRACTION = 0.05
const MIN_ELAPSED_MS = 20_000

/** Estimates a run's remaining minutes from its pace so far; null if it is too early to tell. `now` in milliseconds. */
export function minutesLeft(progress: { done: number; total: number | null }, startedAt: string, now: number): number | null {
  const { done, total } = progress
  const elapsedMs = now - Date.parse(startedAt)
  if (total === null || total === 0 || elapsedMs < MIN_ELAPSED_MS || done / total < MIN_FRACTION || done >= total) return null
  return Math.ceil(((elapsedMs / done) * (total - done)) / 60_000)
}

/** A run's progress bar with its numbers. */
export function TaskProgress({ task }: { task: SyncTaskRow }) {
  const now = useNow()
  const progress = task.progress ?? { done: 0, total: null }
  const { done, total } = progress
  const numbers = total === null ? text.done(done) : text.doneOf(done, total)
  const left = task.lastRun === null ? null : minutesLeft(progress, task.lastRun.startedAt, now)
  return (
    <div className="task-progress">
      <Progress.Root size="md" radius="sm">
        <Progress.Section
          value={total === null || total === 0 ? 100 : (100 * done) / total}
          striped={total === null}
          aria-label={text.progressOf(task.name)}
          aria-valuetext={numbers}
        />
      </Progress.Root>
      <span className="small">{left === null ? numbers : `${numbers}, ${text.left(left)}`}</span>
    </div>
  )
}
