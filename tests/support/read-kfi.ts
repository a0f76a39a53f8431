/** A field of a KFI row as a reader sees it: typed text, or pressed keys. */
export type KfiField = { text: string } | { keys: string[] }

/**
 * A small reader of text KFI, written from formats.md and independent of the exporter: rows end in CRLF (or LF), the separator separates
 * fields, `"` begins and ends a quoted field, and `<...>` anywhere is a key. Throws if a row can't be read unambiguously.
 */
export function readKfi(text: string, separator = ',', lineEnd = '\r\n'): KfiField[][] {
  const rows: KfiField[][] = []
  let position = 0
  const fail = (fault: string): never => {
    throw new Error(`${fault} at ${position}: ${JSON.stringify(text.slice(Math.max(0, position - 20), position + 20))}`)
  }
  const field = (): KfiField => {
    const keys: string[] = []
    let typed = ''
    if (text[position] === '"') {
      const end = text.indexOf('"', position + 1)
      if (end < 0) fail('A quote is not closed')
      typed = text.slice(position + 1, end)
      position = end + 1
    } else {
      while (position < text.length && text[position] !== separator && !text.startsWith(lineEnd, position)) {
        if (text[position] === '<') {
          const end = text.indexOf('>', position)
          if (end < 0) fail('A key code is not closed')
          keys.push(text.slice(position, end + 1))
          position = end + 1
        } else {
          typed += text[position]
          position += 1
        }
      }
    }
    // For all we know, the package also recognises key codes inside quotes.
    for (const [key] of typed.matchAll(/<[^>]*>?/g)) keys.push(key)
    if (keys.length > 0 && typed !== '') fail('Keys and text in one field')
    if (/["<>\r\n]|(?![\t])\p{Cc}/u.test(typed)) fail('A character that presses a key')
    return keys.length > 0 ? { keys } : { text: typed }
  }
  while (position < text.length) {
    const row = [field()]
    while (text[position] === separator) {
      position += 1
      row.push(field())
    }
    if (!text.startsWith(lineEnd, position)) fail('Text after the end of a field')
    position += lineEnd.length
    rows.push(row)
  }
  return rows
}
