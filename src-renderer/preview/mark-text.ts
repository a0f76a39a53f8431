import type { TextRange } from '../../src-shared/failure'

/** A part of a string, with the indexes of the ranges that cover it. */
export interface Segment {
  text: string
  marks: number[]
}

/** The offset at which each line of a string starts. */
function lineStarts(text: string): number[] {
  const starts = [0]
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length)
  return starts
}

interface OffsetRange {
  from: number
  to: number
}

function toOffsets(range: TextRange | undefined, starts: readonly number[], text: string): OffsetRange | null {
  const start = range === undefined ? undefined : starts[range.line - 1]
  if (range === undefined || start === undefined) return null
  const from = Math.min(start + range.column - 1, text.length)
  const to = Math.min(from + range.length, text.length)
  // CR LF is a single line break and must not be split.
  const isInsideLineBreak = (offset: number) => text[offset - 1] === '\r' && text[offset] === '\n'
  const begin = isInsideLineBreak(from) ? from - 1 : from
  if (from === to) return { from: begin, to: begin }
  return { from: begin, to: isInsideLineBreak(to) ? to + 1 : to }
}

/** Splits a string at the boundaries of ranges. Undefined ranges mark nothing; an empty range becomes an empty segment. */
export function markText(text: string, textRanges: readonly (TextRange | undefined)[]): Segment[] {
  const starts = lineStarts(text)
  const ranges = textRanges.map((range) => toOffsets(range, starts, text))
  const cuts = new Set([0, text.length])
  for (const range of ranges) {
    if (range === null) continue
    cuts.add(range.from)
    cuts.add(range.to)
  }
  const sorted = [...cuts].sort((left, right) => left - right)
  const segments: Segment[] = []
  for (const [index, from] of sorted.entries()) {
    const empty = ranges.flatMap((range, mark) => (range?.from === from && range.to === from ? [mark] : []))
    if (empty.length > 0) segments.push({ text: '', marks: empty })
    const to = sorted[index + 1]
    if (to === undefined) break
    const covering = ranges.flatMap((range, mark) =>
      range !== null && range.from <= from && range.to >= to && range.from < range.to ? [mark] : [],
    )
    segments.push({ text: text.slice(from, to), marks: covering })
  }
  return segments
}

/** Groups segments into rows. Each row includes its line break; one at the end of the text doesn't start a new row. */
export function rowsOf(segments: readonly Segment[]): Segment[][] {
  const rows: Segment[][] = [[]]
  let hasEnded = false
  for (const { text, marks } of segments) {
    for (const piece of text.split(/(?<=\n|\r(?!\n))/)) {
      if (piece === '' && marks.length === 0) continue
      if (hasEnded) rows.push([])
      rows.at(-1)?.push({ text: piece, marks })
      hasEnded = /[\r\n]$/.test(piece)
    }
  }
  return rows
}
