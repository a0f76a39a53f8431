import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { useSyncStatus } from '../sync/sync-status-store'
import { useSyncSettings } from '../sync-settings/sync-settings-store'
import type { Circumstances } from './status-change'

/** What beside the form decides what Update Status will do, kept fresh. */
export function useCircumstances({ destinationName }: OrderDetails, mailFailure: Failure | null): Circumstances {
  const isPaused = useSyncStatus(
    ({ health, tasks }) => health?.isPaused === true || tasks.some((task) => task.name === 'Write Order' && task.isPaused),
  )
  const isUnreachable = useSyncSettings(
    ({ settings }) => settings?.destinations.some((one) => one.name === destinationName && one.trouble !== null) === true,
  )
  return { isPaused, isUnreachable, mailFailure }
}
