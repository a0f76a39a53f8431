import type { Failure } from '../../src-shared/failure'
import type { Schedule } from '../../src-shared/schedule'
import { useLiveQuery } from '../client/use-live-query'

const TYPING_PAUSE_MS = 150

/** The next five times of a schedule, or why it has none. Both are null without a schedule, or before the first response. */
export function useNextTimes(schedule: Schedule | null): { times: string[] | null; failure: Failure | null } {
  const { value, failure } = useLiveQuery('sync.previewSchedule', schedule === null ? null : { schedule }, { delayMs: TYPING_PAUSE_MS })
  return schedule === null ? { times: null, failure: null } : { times: value?.times ?? null, failure }
}
