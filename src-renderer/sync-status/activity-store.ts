import { create } from 'zustand'
import type { DayActivity } from '../../src-shared/contract/contract'
import { call, on } from '../client/client'

/** What happened on each of the last days, today last; null until the first answer. */
export const useActivity = create<{ days: DayActivity[] | null }>(() => ({ days: null }))

/** Reads the days. */
export async function loadActivity(): Promise<void> {
  const result = await call('sync.activity', {})
  if (result.ok) useActivity.setState(result.value)
}

/** Follows the engine's events: a run that did something changes today. */
export function followActivity(): void {
  on('runs.changed', ({ run }) => {
    const isNews = run.endedAt !== null && run.doneCount + run.failedCount > 0
    if (isNews && useActivity.getState().days !== null) void loadActivity()
  })
}
