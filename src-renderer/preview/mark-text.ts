import type { Place } from '../../src-shared/failure'

/** A stretch of a text, with the places (by their position in the list) that cover it. */
export interface Segment {
  text: string
  places: number[]
}

/** Where each line of a text begins. */
function lineStarts(text: string): number[] {
  const starts = [0]
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length)
  return starts
}

interface Range {
  from: number
  to: number
}

function rangeOf(place: Place | undefined, starts: readonly number[], text: string): Range | null {
  const start = place === undefined ? undefined : starts[place.line - 1]
  if (place === undefined || start === undefined) return null
  const from = Math.min(start + place.column - 1, text.length)
  const to = Math.min(from + place.length, text.length)
  // A CR and its LF are one line end and never come apart.
  const isInLineEnd = (offset: number) => text[offset - 1] === '\r' && text[offset] === '\n'
  const begin = isInLineEnd(from) ? from - 1 : from
  if (from === to) return { from: begin, to: begin }
  return { from: begin, to: isInLineEnd(to) ? to + 1 : to }
}

/** Cuts a text where places begin and end; what a place does not know stays unmarked, a place without length is a segment without text. */
export function markText(text: string, places: readonly (Place | undefined)[]): Segment[] {
  const starts = lineStarts(text)
  const ranges = places.map((place) => rangeOf(place, starts, text))
  const cuts = new Set([0, text.length])
  for (const range of ranges) {
    if (range === null) continue
    cuts.add(range.from)
    cuts.add(range.to)
  }
  const sorted = [...cuts].sort((left, right) => left - right)
  const segments: Segment[] = []
  for (const [index, from] of sorted.entries()) {
    const empty = ranges.flatMap((range, place) => (range?.from === from && range.to === from ? [place] : []))
    if (empty.length > 0) segments.push({ text: '', places: empty })
    const to = sorted[index + 1]
    if (to === undefined) break
    const covering = ranges.flatMap((range, place) =>
      range !== null && range.from <= from && range.to >= to && range.from < range.to ? [place] : [],
    )
    segments.push({ text: text.slice(from, to), places: covering })
  }
  return segments
}

/** The segments row by row; a row keeps its line end. No row after a line end that is the last character. */
export function rowsOf(segments: readonly Segment[]): Segment[][] {
  const rows: Segment[][] = [[]]
  let hasEnded = false
  for (const { text, places } of segments) {
    for (const piece of text.split(/(?<=\n|\r(?!\n))/)) {
      if (piece === '' && places.length === 0) continue
      if (hasEnded) rows.push([])
      rows.at(-1)?.push({ text: piece, places })
      hasEnded = /[\r\n]$/.test(piece)
    }
  }
  return rows
}
