/** A file's text and the encoding it was read with: a byte order mark decides, then whether it is UTF-8, else Windows-1252. `isCut`: the bytes may end within a character. */
export function decodeText(bytes: Uint8Array, { isCut = false } = {}): { text: string; encoding: string } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16 LE' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'UTF-16 BE' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut }), encoding: 'UTF-8' }
  } catch {
    // Not UTF-8: every byte sequence is Windows-1252, so this cannot fail.
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' }
  }
}
