import { Button } from '@mantine/core'
import { WHOLE_SYNC } from '../../src-shared/contract/contract'
import { useCan } from '../session/can'
import { setPaused, useSyncStatus } from '../sync/sync-status-store'
import { syncStatusText } from '../text/sync-status-text'
import { Notice } from '../widgets/notice'

const text = syncStatusText.paused

/** A prominent notice that automatic sync or some tasks are paused, with a Resume button. */
export function PausedNotice() {
  const tasks = useSyncStatus((state) => state.tasks)
  const canResume = useCan('sync.setPaused')
  const paused = tasks.filter((task) => task.isPaused).map((task) => task.name)
  if (paused.length === 0) return null
  const isAllPaused = WHOLE_SYNC.every((name) => paused.includes(name))
  const resume = () => Promise.all(isAllPaused ? [setPaused(false)] : paused.map((name) => setPaused(false, name)))
  const actions = canResume ? (
    <Button onClick={resume}>{isAllPaused || paused.length > 1 ? text.resumeAll : text.resume}</Button>
  ) : undefined
  return (
    <Notice tone="caution" role="status" actions={actions}>
      <p>
        <strong>{isAllPaused ? text.all : text.some(paused)}</strong>
      </p>
      <p>{isAllPaused ? text.allHint : text.someHint}</p>
    </Notice>
  )
}
