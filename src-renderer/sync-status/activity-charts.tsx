import { useEffect, useId } from 'react'
import type { DayActivity } from '../../src-shared/contract/contract'
import { counted, shortDurationText } from '../text/dates'
import { syncStatusText } from '../text/sync-status-text'
import { loadActivity, useActivity } from './activity-store'
import { type ChartDay, DayChart } from './day-chart'
import './activity.css'

const text = syncStatusText.charts

function toCountChart(days: readonly DayActivity[], countOf: (day: DayActivity) => number): ChartDay[] {
  return days.map((day) => ({ startsAt: day.startsAt, value: countOf(day), mark: null, label: counted(countOf(day), 'order') }))
}

function toTimeChart(days: readonly DayActivity[]): ChartDay[] {
  return days.map(({ startsAt, confirmed, medianMs, slowestMs }) => ({
    startsAt,
    value: medianMs ?? 0,
    mark: slowestMs,
    label:
      medianMs === null || slowestMs === null
        ? text.none
        : text.timesBar(confirmed, shortDurationText(medianMs), shortDurationText(slowestMs)),
  }))
}

/** Today's median time or, if there is none, the median of the other days' median times. */
function timesSummary(days: readonly DayActivity[]): string {
  const today = days.at(-1)?.medianMs ?? null
  if (today !== null) return text.timesSum(shortDurationText(today))
  const medians = days.flatMap(({ medianMs }) => (medianMs === null ? [] : [medianMs])).sort((a, b) => a - b)
  const typical = medians[Math.floor((medians.length - 1) / 2)]
  return typical === undefined ? text.noTimes : text.timesTypical(shortDurationText(typical))
}

const sumOf = (days: readonly DayActivity[], countOf: (day: DayActivity) => number) => days.reduce((sum, day) => sum + countOf(day), 0)

/** Charts of the last 14 days: orders received, time to confirmation, and failed orders. */
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
          <DayChart
            title={text.received}
            summary={text.receivedSum(received)}
            tone="plain"
            days={toCountChart(days, (day) => day.received)}
          />
          <DayChart
            title={text.times}
            summary={timesSummary(days)}
            hint={confirmed === 0 ? text.noTimesHint : text.legend}
            tone="plain"
            days={toTimeChart(days)}
          />
          <DayChart title={text.failed} summary={text.failedSum(failed)} tone="bad" days={toCountChart(days, (day) => day.failed)} />
        </div>
      )}
    </section>
  )
}
