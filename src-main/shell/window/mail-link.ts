const LONGEST_SUBJECT = 150
/** Windows hands a mail program no more than about 2000 characters, and a letter may take nine of them. */
const LONGEST_LINK = 1900

/**
 * A `mailto:` address for one recipient at most, subject and text, in which nothing can become a header or a second recipient: everything is
 * encoded, and the text is cut where the whole would grow too long.
 */
export function mailLink(to: string, subject: string, text: string): string {
  const start = `mailto:${encodeURIComponent(to)}?subject=${encoded(oneLine(subject).slice(0, LONGEST_SUBJECT))}&body=`
  const room = LONGEST_LINK - start.length
  const characters = [...text.replaceAll(/\r\n|\r|\n/g, '\n').replaceAll(/[^\P{Cc}\n]/gu, ' ')]
  let body = ''
  for (const character of characters) {
    const next = encoded(character === '\n' ? '\r\n' : character)
    if (body.length + next.length > room) break
    body += next
  }
  return start + body
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ')
}

/** Percent-encoded; half a character becomes the mark for an unknown one. */
function encoded(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\ufffd'))
}
