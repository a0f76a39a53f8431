/**
 * Decodes a file and returns its text and encoding. The byte order mark decides the encoding. Without a mark, it is
 * UTF-8 if the bytes are valid UTF-8, otherwise Windows-1252. `isCut`: the bytes may end inside a character.
 */
export function decodeText(bytes: Uint8Array, { isCut = false } = {}): { text: string; encoding: string } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16 LE' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'UTF-16 BE' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut }), encoding: 'UTF-8' }
  } catch {
    // Every byte sequence is valid Windows-1252, so this can't fail.
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' }
  }
}
