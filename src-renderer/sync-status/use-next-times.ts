import { useEffect, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import type { Schedule } from '../../src-shared/schedule'
import { call } from '../client/client'

const TYPING_PAUSE_MS = 150

/** The engine's next five times of a schedule, or why it cannot be kept; nothing while it is being asked. */
export function useNextTimes(schedule: Schedule | null): { times: string[] | null; failure: Failure | null } {
  const [answer, setAnswer] = useState<{ times: string[] | null; failure: Failure | null }>({ times: null, failure: null })
  const asked = schedule === null ? null : JSON.stringify(schedule)
  useEffect(() => {
    if (asked === null) {
      setAnswer({ times: null, failure: null })
      return
    }
    let isCurrent = true
    const timer = setTimeout(async () => {
      const result = await call('sync.previewSchedule', { schedule: JSON.parse(asked) as Schedule })
      if (isCurrent) setAnswer(result.ok ? { times: result.value.times, failure: null } : { times: null, failure: result.error })
    }, TYPING_PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [asked])
  return answer
}
