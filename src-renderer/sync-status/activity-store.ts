import { create } from 'zustand'
import type { DayActivity } from '../../src-shared/contract/contract'
import { call, on } from '../client/client'

/** The activity of each of the last 14 days, today last; null until the first response. */
export const useActivity = create<{ days: DayActivity[] | null }>(() => ({ days: null }))

/** Reads the activity of the last 14 days. */
export async function loadActivity(): Promise<void> {
  const result = await call('sync.activity', {})
  if (result.ok) useActivity.setState(result.value)
}

/** Reads the activity again after every run that processed something. */
export function followActivity(): void {
  on('runs.changed', ({ run }) => {
    const hasNewActivity = run.endedAt !== null && run.doneCount + run.failedCount > 0
    if (hasNewActivity && useActivity.getState().days !== null) void loadActivity()
  })
}
