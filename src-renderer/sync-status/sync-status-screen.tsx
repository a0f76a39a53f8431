import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { useCan } from '../session/can'
import { loadSyncStatus, setPaused, syncNow, useSyncStatus } from '../sync/sync-status-store'
import { syncStatusText as text } from '../text/sync-status-text'
import { Screen } from '../widgets/screen'
import { Waiting } from '../widgets/waiting'
import { ActivityCharts } from './activity-charts'
import { OwnerNotice } from './owner-notice'
import { PausedNotice } from './paused-notice'
import { TaskItem } from './task-item'
import './sync-status.css'

function AllTasksButtons() {
  const isPaused = useSyncStatus((state) => state.health?.isPaused ?? false)
  const canPause = useCan('sync.setPaused')
  const canSync = useCan('sync.runNow')
  return (
    <>
      {canPause && (
        <Button
          variant="default"
          leftSection={isPaused ? <IconPlayerPlay size={15} aria-hidden /> : <IconPlayerPause size={15} aria-hidden />}
          onClick={() => setPaused(!isPaused)}
        >
          {isPaused ? text.resumeAll : text.pauseAll}
        </Button>
      )}
      {canSync && (
        <Button leftSection={<IconRefresh size={15} aria-hidden />} onClick={() => syncNow()}>
          {text.syncAll}
        </Button>
      )}
    </>
  )
}

/** Sync > Status. */
export function SyncStatusScreen() {
  const tasks = useSyncStatus((state) => state.tasks)
  const isKnown = useSyncStatus((state) => state.health !== null)
  return (
    <Screen title={text.title} actions={<AllTasksButtons />}>
      {isKnown ? (
        <>
          <OwnerNotice />
          <PausedNotice />
          <ActivityCharts />
          <ul className="task-list" aria-label={text.tasks}>
            {tasks.map((task) => (
              <TaskItem key={task.name} task={task} />
            ))}
          </ul>
        </>
      ) : (
        <Waiting message={text.waiting} onRetry={loadSyncStatus} />
      )}
    </Screen>
  )
}
