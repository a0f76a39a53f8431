/** Height of a row in pixels, the same as in orders.css. */
export const ROW_HEIGHT = 44

/** Browsers draw nothing beyond some millions of pixels: a longer list is scrolled in a scale. */
const TALLEST = 8_000_000
const ROWS_AROUND = 8

/** How a list of that many rows lies in a scrolling box. */
export interface Scale {
  /** Height of the rows' place in pixels. */
  height: number
  /** Pixels of the list that one pixel of the scroll bar stands for; 1 up to 180,000 rows. */
  factor: number
}

/** The scale of a list in a box whose rows have `viewHeight` pixels. */
export function scaleOf(rowCount: number, viewHeight: number): Scale {
  const full = rowCount * ROW_HEIGHT
  if (full <= TALLEST) return { height: full, factor: 1 }
  return { height: TALLEST, factor: (full - viewHeight) / (TALLEST - viewHeight) }
}

/** The rows to draw for a place in the list, from `first` up to and without `last`. */
export function rowsAt(top: number, viewHeight: number, rowCount: number): { first: number; last: number } {
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - ROWS_AROUND)
  return { first, last: Math.min(rowCount, first + Math.ceil(viewHeight / ROW_HEIGHT) + 2 * ROWS_AROUND) }
}

/** Where the list has to stand so that a row is wholly in view, moved as little as possible from `top`. */
export function topShowing(index: number, top: number, viewHeight: number): number {
  const rowTop = index * ROW_HEIGHT
  return Math.max(0, Math.min(Math.max(top, rowTop + ROW_HEIGHT - viewHeight), rowTop))
}
