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
  /** How many times the value and the limit were measured. `measured` and `limit` are the medians. */
  rounds: number
}

/**
 * Builds a figure from repeated measurements of a value and its limit. Use `at least` for speeds and `at most` for
 * times and sizes.
 */
export function figure(name: string, unit: string, measured: readonly number[], limit: readonly number[], mark: Figure['mark']): Figure {
  const [measuredMedian, limitMedian] = [median(measured), median(limit)]
  const ratio = measuredMedian / limitMedian
  const isMet = mark.kind === 'at least' ? ratio >= mark.ratio : measuredMedian <= limitMedian * mark.ratio + (mark.slack ?? 0)
  return { name, unit, measured: measuredMedian, limit: limitMedian, ratio, mark, isMet, rounds: measured.length }
}

/** The median of the values. */
export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/**
 * Returns the smallest value that at least `percent` per cent of the values don't exceed; NaN if there are no values.
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN
}

/** The figures as a table for a terminal. */
export function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, measured, limit, unit, ratio, mark, isMet }) => [
    name,
    `${formatNumber(measured)} ${unit}`,
    `${formatNumber(limit)} ${unit}`,
    ratio.toFixed(2),
    `${mark.kind} ${mark.ratio}${mark.slack === undefined ? '' : ` + ${mark.slack} ${unit}`}`,
    isMet ? 'yes' : 'NO',
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

function formatNumber(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-AU')
}
