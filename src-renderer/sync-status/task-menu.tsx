import { ActionIcon, Menu } from '@mantine/core'
import { IconCalendarTime, IconClock, IconHistory, IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import type { SyncTaskRow } from '../../src-shared/contract/contract'
import { goTo } from '../navigation/navigation'
import { useCan } from '../session/can'
import { setPaused, syncNow } from '../sync/sync-status-store'
import { syncStatusText } from '../text/sync-status-text'
import { ScheduleDialog } from './schedule-dialog'

const text = syncStatusText.menu

/** The clock icon to the right of a sync task and its pop-up menu. */
export function TaskMenu({ task }: { task: SyncTaskRow }) {
  const [isScheduling, setScheduling] = useState(false)
  const canRun = useCan('sync.runNow')
  const canSchedule = useCan('sync.setSchedule')
  const canPause = useCan('sync.setPaused')
  const { name, isPaused } = task
  const title = syncStatusText.task.actions(name)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={34} aria-label={title} title={title}>
            <IconClock size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown aria-label={title}>
          {canRun && (
            <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => syncNow(name)}>
              {text.syncNow}
            </Menu.Item>
          )}
          {canSchedule && (
            <Menu.Item leftSection={<IconCalendarTime size={16} aria-hidden />} onClick={() => setScheduling(true)}>
              {text.schedule}
            </Menu.Item>
          )}
          {canPause && (
            <Menu.Item
              leftSection={isPaused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
              onClick={() => setPaused(!isPaused, name)}
            >
              {isPaused ? text.resume : text.pause}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconHistory size={16} aria-hidden />} onClick={() => goTo({ screen: 'sync-history', task: name })}>
            {text.history}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isScheduling && <ScheduleDialog task={task} onClose={() => setScheduling(false)} />}
    </>
  )
}
