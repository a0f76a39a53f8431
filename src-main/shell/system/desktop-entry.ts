/**
 * The text of an XDG autostart file. Source: Desktop Entry Specification, "The Exec key": each argument in double quotes with `"`, backquote, `$` and
 * backslash escaped, `%` doubled; then the whole value is escaped again, like every string value.
 */
export function desktopEntry(args: readonly string[]): string {
  // GLib looks for a program with the doubled `%` in its name and doesn't find it, so env starts the program.
  const command = args[0]?.includes('%') ? ['/usr/bin/env', ...args] : args
  const exec = command.map((arg) => `"${arg.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`).join(' ')
  const lines = ['[Desktop Entry]', 'Type=Application', 'Name=Ledgerdrop', `Exec=${stringValue(exec)}`, 'Terminal=false']
  return `${lines.join('\n')}\n`
}

function stringValue(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
}
