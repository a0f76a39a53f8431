import { useEffect, useId } from 'react'
import type { DayActivity } from '../../src-shared/contract/contract'
import { counted, shortDurationText } from '../text/dates'
import { syncStatusText } from '../text/sync-status-text'
import { loadActivity, useActivity } from './activity-store'
import { type ChartDay, DayChart } from './day-chart'
import './activity.css'

const text = syncStatusText.charts

function chartOf(days: readonly DayActivity[], countOf: (day: DayActivity) => number): ChartDay[] {
  return days.map((day) => ({ startsAt: day.startsAt, value: countOf(day), mark: null, words: counted(countOf(day), 'order') }))
}

function timesOf(days: readonly DayActivity[]): ChartDay[] {
  return days.map(({ startsAt, confirmed, medianMs, slowestMs }) => ({
    startsAt,
    value: medianMs ?? 0,
    mark: slowestMs,
    words:
      medianMs === null || slowestMs === null
        ? text.none
        : text.timesBar(confirmed, shortDurationText(medianMs), shortDurationText(slowestMs)),
  }))
}

/** Today's middle time; on a day without any, what is usual. */
function timesSum(days: readonly DayActivity[]): string {
  const today = days.at(-1)?.medianMs ?? null
  if (today !== null) return text.timesSum(shortDurationText(today))
  const known = days.flatMap(({ medianMs }) => (medianMs === null ? [] : [medianMs])).sort((a, b) => a - b)
  const usual = known[Math.floor((known.length - 1) / 2)]
  return usual === undefined ? text.noTimes : text.timesUsual(shortDurationText(usual))
}

const sumOf = (days: readonly DayActivity[], countOf: (day: DayActivity) => number) => days.reduce((sum, day) => sum + countOf(day), 0)

/** The last days at a glance: orders, how long they took, how many failed. */
export function ActivityCharts() {
  const titleId = useId()
  const days = useActivity((state) => state.days)
  useEffect(() => void loadActivity(), [])
  if (days === null) return <div className="activity-charts" />
  const received = sumOf(days, (day) => day.received)
  const failed = sumOf(days, (day) => day.failed)
  const confirmed = sumOf(days, (day) => day.confirmed)
  return (
    <section className="activity" aria-labelledby={titleId}>
      <h2 id={titleId}>{text.title}</h2>
      {received + failed + confirmed === 0 ? (
        <p className="soft">{text.empty}</p>
      ) : (
        <div className="activity-charts">
          <DayChart title={text.received} sum={text.receivedSum(received)} tone="plain" days={chartOf(days, (day) => day.received)} />
          <DayChart
            title={text.times}
            sum={timesSum(days)}
            hint={confirmed === 0 ? text.noTimesHint : text.legend}
            tone="plain"
            days={timesOf(days)}
          />
          <DayChart title={text.failed} sum={text.failedSum(failed)} tone="bad" days={chartOf(days, (day) => day.failed)} />
        </div>
      )}
    </section>
  )
}
