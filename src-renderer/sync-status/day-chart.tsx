import { VisuallyHidden } from '@mantine/core'
import { shortDayText } from '../text/dates'
import { syncStatusText } from '../text/sync-status-text'

const text = syncStatusText.charts
const WIDTH = 280
const HEIGHT = 44
const GAP = 4

/** One day of a chart. */
export interface ChartDay {
  startsAt: string
  value: number
  /** The value at which a line is drawn above the bar; null: no line. */
  mark: number | null
  /** The day's values as text. */
  label: string
}

interface DayChartProps {
  title: string
  /** A summary of all days. */
  summary: string
  hint?: string
  tone: 'plain' | 'bad'
  days: ChartDay[]
}

function ChartTable({ title, days }: { title: string; days: ChartDay[] }) {
  return (
    <VisuallyHidden>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{text.day}</th>
            <th scope="col">{title}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.startsAt}>
              <th scope="row">{shortDayText(day.startsAt)}</th>
              <td>{day.label}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  )
}

/** A small bar chart with one bar per day, tooltips, and a table of the same values for screen readers. */
export function DayChart({ title, summary, hint, tone, days }: DayChartProps) {
  const max = Math.max(1, ...days.map(({ value, mark }) => Math.max(value, mark ?? 0)))
  const step = WIDTH / Math.max(1, days.length)
  const heightOf = (value: number) => (value === 0 ? 0 : Math.max(2, (value / max) * (HEIGHT - 4)))
  return (
    <section className="day-chart card" data-tone={tone} title={hint}>
      <div className="day-chart-head">
        <h3>{title}</h3>
        <span>{summary}</span>
      </div>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden focusable="false">
        {days.map(({ startsAt, value, mark, label }, index) => (
          <g key={startsAt}>
            <title>{text.bar(shortDayText(startsAt), label)}</title>
            <rect className="day-hit" x={index * step} y={0} width={step} height={HEIGHT} />
            <rect className="day-bar" x={index * step + GAP / 2} y={HEIGHT - heightOf(value)} width={step - GAP} height={heightOf(value)} />
            {mark !== null && (
              <rect className="day-mark" x={index * step + GAP / 2} y={HEIGHT - heightOf(mark)} width={step - GAP} height={2} />
            )}
          </g>
        ))}
        <rect className="day-base" x={0} y={HEIGHT - 1} width={WIDTH} height={1} />
      </svg>
      <div className="day-chart-foot soft small" aria-hidden>
        <span>{days[0] === undefined ? '' : shortDayText(days[0].startsAt)}</span>
        <span>{text.today}</span>
      </div>
      <ChartTable title={title} days={days} />
    </section>
  )
}
