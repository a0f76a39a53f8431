/** One row of the bench's table: what was measured, its limit measured in the same run, and the mark. */
export interface Figure {
  name: string
  /** Measured, in `unit`. */
  measured: number
  /** The limit measured beside it, in `unit`. */
  limit: number
  unit: string
  /** `measured / limit`. */
  ratio: number
  /** The ratio to reach; `slack`, in `unit`, may come on top. */
  mark: { kind: 'at least' | 'at most'; ratio: number; slack?: number }
  isReached: boolean
  /** How often each side was measured; the median is what counts. */
  rounds: number
}

/** A figure from both sides' rounds. For speeds the mark is `at least`, for times and sizes `at most`. */
export function figure(name: string, unit: string, measured: readonly number[], limit: readonly number[], mark: Figure['mark']): Figure {
  const [ours, theirs] = [median(measured), median(limit)]
  const ratio = ours / theirs
  const isReached = mark.kind === 'at least' ? ratio >= mark.ratio : ours <= theirs * mark.ratio + (mark.slack ?? 0)
  return { name, unit, measured: ours, limit: theirs, ratio, mark, isReached, rounds: measured.length }
}

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** The value that so many per cent of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN
}

/** The figures as a table for a terminal. */
export function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map((one) => [
    one.name,
    `${rounded(one.measured)} ${one.unit}`,
    `${rounded(one.limit)} ${one.unit}`,
    one.ratio.toFixed(2),
    `${one.mark.kind} ${one.mark.ratio}${one.mark.slack === undefined ? '' : ` + ${one.mark.slack} ${one.unit}`}`,
    one.isReached ? 'yes' : 'NO',
  ])
  const table = [['Figure', 'Measured', 'Limit', 'Ratio', 'Mark', 'Reached'], ...rows]
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function rounded(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-AU')
}
