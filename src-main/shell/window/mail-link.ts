const MAX_SUBJECT_LENGTH = 150
/**
 * Windows passes at most about 2000 characters to a mail program. A single percent-encoded letter may take nine of
 * them.
 */
const MAX_LINK_LENGTH = 1900

/**
 * A `mailto:` address with at most one recipient, a subject and a body. Everything is encoded, so that nothing can become a header or a second
 * recipient. The text is cut if the address would be too long.
 */
export function mailLink(to: string, subject: string, text: string): string {
  const start = `mailto:${encodeURIComponent(to)}?subject=${encode(oneLine(subject).slice(0, MAX_SUBJECT_LENGTH))}&body=`
  const maxBodyLength = MAX_LINK_LENGTH - start.length
  const characters = [...text.replaceAll(/\r\n|\r|\n/g, '\n').replaceAll(/[^\P{Cc}\n]/gu, ' ')]
  let body = ''
  for (const character of characters) {
    const next = encode(character === '\n' ? '\r\n' : character)
    if (body.length + next.length > maxBodyLength) break
    body += next
  }
  return start + body
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ')
}

/** Percent-encodes a string. An unpaired surrogate becomes the replacement character. */
function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\ufffd'))
}
