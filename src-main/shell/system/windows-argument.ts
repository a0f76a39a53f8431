/**
 * Quotes an argument so that Windows programs parse it correctly (CommandLineToArgvW, and the C runtime): in double
 * quotes, with backslashes doubled before a quote and before the end. `%` and `$` have no special meaning in the type
 * of registry value that Electron writes (REG_SZ).
 */
export function windowsArgument(argument: string): string {
  return `"${argument.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`
}
