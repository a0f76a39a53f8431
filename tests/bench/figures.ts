/** One row of the benchmark table: the measured value, the limit measured in the same run, and the target ratio. */
export interface Figure {
  name: string
  /** The measured value, in `unit`. */
  measured: number
  /** The limit measured in the same run, in `unit`. */
  limit: number
  unit: string
  /** `measured / limit`. */
  ratio: number
  /** The target ratio, with an optional allowance `slack` in `unit`. */
  mark: { kind: 'at least' | 'at most'; ratio: number; slack?: number }
  isMet: boolean
  /** How many times each side was measured; the median counts. */
  rounds: number
}

/** Builds a figure from the rounds of both sides. The target is `at least` for speeds, `at most` for times and sizes. */
export function figure(name: string, unit: string, measured: readonly number[], limit: readonly number[], mark: Figure['mark']): Figure {
  const [ours, theirs] = [median(measured), median(limit)]
  const ratio = ours / theirs
  const isReached = mark.kind === 'at least' ? ratio >= mark.ratio : ours <= theirs * mark.ratio + (mark.slack ?? 0)
  return { name, unit, measured: ours, limit: theirs, ratio, mark, isMet: isReached, rounds: measured.length }
}

/** The median of the values. */
export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** The smallest of the values that at least `percent` per cent of them don't exceed. */
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
    one.isMet ? 'yes' : 'NO',
  ])
  const table = [['Figure', 'Measured', 'Limit', 'Ratio', 'Target', 'Reached'], ...rows]
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
