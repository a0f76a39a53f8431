/** Everything that a terminal may take for a command: an order could otherwise clear the screen, retitle the window or type. */
const CONTROL = /(?![\n\t])\p{Cc}/gu

/** A text as a terminal can show it. */
export function terminalText(text: string): string {
  return text.replaceAll(CONTROL, '\ufffd')
}

/** The same value as JSON: C0 characters are escaped in it already, a terminal's other commands become escapes, too. */
export function terminalJson(json: string): string {
  return json.replaceAll(/[\u007f-\u009f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)
}
