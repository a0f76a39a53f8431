/**
 * The text of an XDG autostart file. Source: Desktop Entry Specification, "The Exec key": each argument in double quotes with `"`, backquote, `$` and
 * backslash escaped, `%` doubled; then the whole escaped once more as every string value is.
 */
export function desktopEntry(words: readonly string[]): string {
  // GLib looks for the program under its name as it is written, with `%` doubled, and finds none; env it finds.
  const started = words[0]?.includes('%') ? ['/usr/bin/env', ...words] : words
  const exec = started.map((word) => `"${word.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`).join(' ')
  const lines = ['[Desktop Entry]', 'Type=Application', 'Name=Ledgerdrop', `Exec=${stringValue(exec)}`, 'Terminal=false']
  return `${lines.join('\n')}\n`
}

function stringValue(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
}
