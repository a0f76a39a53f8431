/** A rectangle on the desktop, in device-independent pixels. */
export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/** What the window remembers between starts. `place`: its bounds; null: the system chooses. */
export interface WindowMemory {
  place: Rectangle | null
  isMaximized: boolean
  /** True if the person has been told that syncing continues when the window is closed. */
  hasToldOfTray: boolean
}

/** The smallest size that the screens fit into. */
export const MINIMUM_SIZE = { width: 900, height: 600 }
/** The size of the window at its first start. */
export const DEFAULT_SIZE = { width: 1280, height: 860 }

/** How much of the window's top has to be on a display, so that a person can move it. */
const MIN_VISIBLE = { width: 120, height: 40 }
const MAX_COORDINATE = 20_000

/**
 * Parses what the window remembers. The file may be old, damaged or from another set of displays, so everything is
 * checked.
 */
export function parseWindowMemory(text: string | null, displays: readonly Rectangle[]): WindowMemory {
  const found = parseObject(text)
  const place = parseBounds(found.place)
  return {
    place: place !== null && displays.some((display) => isReachable(place, display)) ? place : null,
    isMaximized: found.isMaximized === true,
    hasToldOfTray: found.hasToldOfTray === true,
  }
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    // A damaged file counts as missing.
    return {}
  }
}

function parseBounds(value: unknown): Rectangle | null {
  if (typeof value !== 'object' || value === null) return null
  const { x, y, width, height } = value as Record<string, unknown>
  if (!isCoordinate(x) || !isCoordinate(y) || !isCoordinate(width) || !isCoordinate(height)) return null
  return width < MINIMUM_SIZE.width || height < MINIMUM_SIZE.height ? null : { x, y, width, height }
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MAX_COORDINATE
}

function isReachable(place: Rectangle, display: Rectangle): boolean {
  const shared = Math.min(place.x + place.width, display.x + display.width) - Math.max(place.x, display.x)
  const isTopInside = place.y >= display.y && place.y + MIN_VISIBLE.height <= display.y + display.height
  return shared >= MIN_VISIBLE.width && isTopInside
}
