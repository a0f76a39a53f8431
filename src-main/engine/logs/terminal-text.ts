/** Control characters. With them, text from an order could clear the terminal's screen, change its title or enter input. */
const CONTROL = /(?![\n\t])\p{Cc}/gu

/** Text that is safe to show in a terminal. */
export function terminalText(text: string): string {
  return text.replaceAll(CONTROL, '\ufffd')
}

/** JSON that is safe to show in a terminal: C0 characters are already escaped in JSON, and C1 characters are escaped here. The value is unchanged. */
export function terminalJson(json: string): string {
  return json.replaceAll(/[\u007f-\u009f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)
}
