import type { Failure } from '../../src-shared/failure'
import type { Schedule } from '../../src-shared/schedule'
import { useLiveAnswer } from '../client/use-live-answer'

const TYPING_PAUSE_MS = 150

/** The engine's next five times of a schedule, or why it cannot be kept; neither without a schedule, or before the first answer. */
export function useNextTimes(schedule: Schedule | null): { times: string[] | null; failure: Failure | null } {
  const { value, failure } = useLiveAnswer('sync.previewSchedule', schedule === null ? null : { schedule }, { afterMs: TYPING_PAUSE_MS })
  return schedule === null ? { times: null, failure: null } : { times: value?.times ?? null, failure }
}
