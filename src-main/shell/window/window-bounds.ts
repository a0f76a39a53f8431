/** A place on the desktop, in device-independent pixels. */
export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/** What a window remembers between starts. `place` null: the system chooses. */
export interface WindowMemory {
  place: Rectangle | null
  isMaximized: boolean
  /** The person has been told once that closing the window keeps syncing. */
  hasToldOfTray: boolean
}

/** Below this the screens do not fit. */
export const MINIMUM_SIZE = { width: 900, height: 600 }
export const USUAL_SIZE = { width: 1280, height: 860 }

/** So much of the top of a window has to be on a display, or nobody can get hold of it. */
const GRIP = { width: 120, height: 40 }
const LARGEST = 20_000

/** Reads what was remembered, and takes nothing on trust: the file may be old, damaged or from another set of displays. */
export function parseWindowMemory(text: string | null, displays: readonly Rectangle[]): WindowMemory {
  const found = parseObject(text)
  const place = parsePlace(found.place)
  return {
    place: place !== null && displays.some((display) => canBeHeld(place, display)) ? place : null,
    isMaximized: found.isMaximized === true,
    hasToldOfTray: found.hasToldOfTray === true,
  }
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    // A damaged memory of the window's place is worth no more than none.
    return {}
  }
}

function parsePlace(value: unknown): Rectangle | null {
  if (typeof value !== 'object' || value === null) return null
  const { x, y, width, height } = value as Record<string, unknown>
  if (!isCoordinate(x) || !isCoordinate(y) || !isCoordinate(width) || !isCoordinate(height)) return null
  return width < MINIMUM_SIZE.width || height < MINIMUM_SIZE.height ? null : { x, y, width, height }
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= LARGEST
}

function canBeHeld(place: Rectangle, display: Rectangle): boolean {
  const shared = Math.min(place.x + place.width, display.x + display.width) - Math.max(place.x, display.x)
  const isTopInside = place.y >= display.y && place.y + GRIP.height <= display.y + display.height
  return shared >= GRIP.width && isTopInside
}
