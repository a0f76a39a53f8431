import type { DayActivity } from '../../../src-shared/contract/contract'
import type { Schedule } from '../../../src-shared/schedule'
import type { EngineContext } from '../context/context'
import { confirmationTimes, countFailed, countReceived } from '../database/activity-store'
import { nextRuns } from '../time/next-run'

const DAY_MS = 86_400_000
const MIDNIGHT: Schedule = { kind: 'daily', times: ['00:00'] }

/** Returns what happened on each of the last `count` days, today last. Days follow the computer's time zone. */
export async function activityOfDays(engine: EngineContext, count: number): Promise<DayActivity[]> {
  const { db, clock, timeZone } = engine
  const starts = dayStarts(clock.now(), timeZone, count)
  const days: DayActivity[] = []
  for (const [index, from] of starts.entries()) {
    // Today's span has no end: '9999' sorts after every time.
    const span = { from, to: starts[index + 1] ?? '9999' }
    const times = await confirmationTimes(db, span)
    days.push({
      startsAt: from,
      received: await countReceived(db, span),
      failed: await countFailed(db, span),
      confirmed: times.length,
      medianMs: times[Math.floor((times.length - 1) / 2)] ?? null,
      slowestMs: times.at(-1) ?? null,
    })
  }
  return days
}

/** Returns the start of each of the last `count` days. */
function dayStarts(now: Date, timeZone: string, count: number): string[] {
  // Starts one day earlier than needed, to allow for changes to and from daylight saving, then takes the last `count` midnights up to now.
  const midnights = nextRuns(MIDNIGHT, new Date(now.getTime() - (count + 1) * DAY_MS), timeZone, count + 2)
  return midnights
    .filter((at) => at <= now)
    .slice(-count)
    .map((at) => at.toISOString())
}
