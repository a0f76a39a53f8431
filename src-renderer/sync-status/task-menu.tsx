import { ActionIcon, Menu } from '@mantine/core'
import { IconCalendarTime, IconClock, IconHistory, IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import type { SyncTaskRow } from '../../src-shared/contract'
import { goTo } from '../shell/navigation'
import { ScheduleDialog } from './schedule-dialog'
import { setPaused, syncNow } from './sync-status-store'

/** The clock icon to the right of a sync task and its pop-up menu. */
export function TaskMenu({ task }: { task: SyncTaskRow }) {
  const [isScheduling, setScheduling] = useState(false)
  const { name, isPaused } = task
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={34} aria-label={`${name}: actions`} title={`${name}: actions`}>
            <IconClock size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown aria-label={`${name}: actions`}>
          <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => syncNow(name)}>
            Sync Now
          </Menu.Item>
          <Menu.Item leftSection={<IconCalendarTime size={16} aria-hidden />} onClick={() => setScheduling(true)}>
            Change Schedule
          </Menu.Item>
          <Menu.Item
            leftSection={isPaused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
            onClick={() => setPaused(!isPaused, name)}
          >
            {isPaused ? 'Resume' : 'Pause'}
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory size={16} aria-hidden />} onClick={() => goTo({ screen: 'sync-history', task: name })}>
            View History
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isScheduling && <ScheduleDialog task={task} onClose={() => setScheduling(false)} />}
    </>
  )
}
