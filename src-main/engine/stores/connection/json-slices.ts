const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
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

/**
 * Returns the value of an object's member as it is written; null if there is none. `bytes` begins at the object's opening brace and must be valid
 * JSON. If a key appears twice, the last one counts, as it does for JSON.parse.
 */
export function memberValue(bytes: Uint8Array, key: string): Uint8Array | null {
  let value: Uint8Array | null = null
  for (const member of listElements(bytes)) {
    const end = stringEnd(member)
    if (JSON.parse(new TextDecoder().decode(member.subarray(0, end))) !== key) continue
    let start = end
    while (member[start] === COLON || SPACE.has(member[start] ?? 0)) start++
    value = member.subarray(start)
  }
  return value
}

/** The position after the string that `bytes` begins with. */
function stringEnd(bytes: Uint8Array): number {
  let at = 1
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return at + 1
}
