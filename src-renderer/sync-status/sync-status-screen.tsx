import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { Screen } from '../widgets/screen'
import { Waiting } from '../widgets/waiting'
import { loadSyncStatus, setPaused, syncNow, useSyncStatus } from './sync-status-store'
import { TaskItem } from './task-item'
import './sync-status.css'

function AllTasksButtons() {
  const isPaused = useSyncStatus((state) => state.health?.isPaused ?? false)
  return (
    <>
      <Button
        variant="default"
        leftSection={isPaused ? <IconPlayerPlay size={15} aria-hidden /> : <IconPlayerPause size={15} aria-hidden />}
        onClick={() => setPaused(!isPaused)}
      >
        {isPaused ? 'Resume automatic sync' : 'Pause automatic sync'}
      </Button>
      <Button leftSection={<IconRefresh size={15} aria-hidden />} onClick={() => syncNow()}>
        Sync everything now
      </Button>
    </>
  )
}

/** Sync > Status. */
export function SyncStatusScreen() {
  const tasks = useSyncStatus((state) => state.tasks)
  const isKnown = useSyncStatus((state) => state.health !== null)
  return (
    <Screen title="Sync Status" actions={<AllTasksButtons />}>
      {isKnown ? (
        <ul className="task-list" aria-label="Sync tasks">
          {tasks.map((task) => (
            <TaskItem key={task.name} task={task} />
          ))}
        </ul>
      ) : (
        <Waiting what="Reading the sync tasks" onRetry={loadSyncStatus} />
      )}
    </Screen>
  )
}
