/**
 * A word as Windows programs read it back from a command line (CommandLineToArgvW, and the C runtime): in double quotes, backslashes doubled
 * before a quote and before the end. `%` and `$` mean nothing in a registry value of the type that Electron writes (REG_SZ).
 */
export function windowsWord(word: string): string {
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`
}
