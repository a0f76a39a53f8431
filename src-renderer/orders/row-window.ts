/** Height of a row in pixels; the same value as in orders-table.css. */
export const ROW_HEIGHT = 44

/**
 * Maximum height of the scrolled content in pixels. Browsers can't display much taller elements, so the scrolling of a
 * longer list is scaled.
 */
const MAX_HEIGHT = 8_000_000
const OVERSCAN_ROWS = 8

/** How the scroll position maps to a position in the list. */
export interface Scale {
  /** Height of the scrolled content in pixels. */
  height: number
  /** How many pixels the list moves per pixel of scrolling; 1 for a list of up to about 180,000 rows. */
  factor: number
}

/** The scale for a list of `rowCount` rows in a viewport of `viewHeight` pixels. */
export function scaleOf(rowCount: number, viewHeight: number): Scale {
  const fullHeight = rowCount * ROW_HEIGHT
  if (fullHeight <= MAX_HEIGHT) return { height: fullHeight, factor: 1 }
  return { height: MAX_HEIGHT, factor: (fullHeight - viewHeight) / (MAX_HEIGHT - viewHeight) }
}

/**
 * The rows to render when the viewport begins `top` pixels from the start of the list: from `first` up to, but not
 * including, `end`.
 */
export function rowsAt(top: number, viewHeight: number, rowCount: number): { first: number; end: number } {
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - OVERSCAN_ROWS)
  return { first, end: Math.min(rowCount, first + Math.ceil(viewHeight / ROW_HEIGHT) + 2 * OVERSCAN_ROWS) }
}

/**
 * The list position nearest to `top` at which the whole row is visible. Both are in pixels from the start of the list.
 */
export function listTopFor(index: number, top: number, viewHeight: number): number {
  const rowTop = index * ROW_HEIGHT
  return Math.max(0, Math.min(Math.max(top, rowTop + ROW_HEIGHT - viewHeight), rowTop))
}
