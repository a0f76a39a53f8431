const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])
const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d])

/**
 * Returns the elements of a JSON list as they are written, byte for byte. `bytes` begins at the list's opening bracket and must be valid JSON, which
 * the caller has checked by parsing it.
 */
export function listElements(bytes: Uint8Array): Uint8Array[] {
  const elements: Uint8Array[] = []
  let depth = 0
  let start = -1
  let isInString = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (isInString) {
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) isInString = false
      continue
    }
    if (depth === 1 && (byte === COMMA || CLOSING.has(byte))) {
      if (start >= 0) elements.push(trimmed(bytes, start, at))
      start = -1
    } else if (depth === 1 && start < 0 && !SPACE.has(byte)) start = at
    if (byte === QUOTE) isInString = true
    else if (OPENING.has(byte)) depth++
    else if (CLOSING.has(byte) && --depth === 0) break
  }
  return elements
}

function trimmed(bytes: Uint8Array, start: number, end: number): Uint8Array {
  let last = end
  while (last > start && SPACE.has(bytes[last - 1] ?? 0)) last--
  return bytes.subarray(start, last)
}
