import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { useSyncStatus } from '../sync/sync-status-store'
import { useSyncSettings } from '../sync-settings/sync-settings-store'
import type { ChangeContext } from './status-change'

/** The current conditions outside the form that affect what Update Status will do. */
export function useChangeContext({ destinationName }: OrderDetails, mailFailure: Failure | null): ChangeContext {
  const isPaused = useSyncStatus(
    ({ health, tasks }) => health?.isPaused === true || tasks.some((task) => task.name === 'Write Order' && task.isPaused),
  )
  const isUnreachable = useSyncSettings(
    ({ settings }) => settings?.destinations.some(({ name, failure }) => name === destinationName && failure !== null) === true,
  )
  return { isPaused, isUnreachable, mailFailure }
}
