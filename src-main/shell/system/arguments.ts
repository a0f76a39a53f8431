import { resolve } from 'node:path'

/** The program's parsed arguments. */
export interface Arguments {
  /** Absolute path; null: the user's default workspace. */
  workspaceFolder: string | null
  /** Absolute path; null: derived from the workspace. */
  userDataFolder: string | null
  /** Starts in the tray, e.g. at login. Ignored if no tray can be shown. */
  isHidden: boolean
  /** Adds sample orders to a new workspace; null: only in the unpackaged program. */
  withSamples: boolean | null
  /** The arguments of the command line (`demo --workspace DIR`); null: start with a window. */
  headless: string[] | null
}

/**
 * Parses the program's arguments. Accepts `--name VALUE` and `--name=VALUE`. Everything else is left to Chromium, which also adds its own
 * switches. Everything after `--headless` belongs to the command line.
 */
export function parseArguments(argv: readonly string[], currentFolder: string): Arguments {
  const headlessAt = argv.indexOf('--headless')
  const own = headlessAt < 0 ? argv : argv.slice(0, headlessAt)
  const folder = (name: string): string | null => {
    const value = valueAfter(own, name)
    return value === null ? null : resolve(currentFolder, value)
  }
  return {
    workspaceFolder: folder('--workspace'),
    userDataFolder: folder('--user-data-dir'),
    isHidden: own.includes('--hidden'),
    withSamples: own.includes('--no-samples') ? false : own.includes('--samples') ? true : null,
    headless: headlessAt < 0 ? null : argv.slice(headlessAt + 1),
  }
}

function valueAfter(argv: readonly string[], name: string): string | null {
  for (const [index, argument] of argv.entries()) {
    if (argument.startsWith(`${name}=`)) return argument.slice(name.length + 1) || null
    if (argument !== name) continue
    const next = argv[index + 1]
    return next === undefined || next.startsWith('--') ? null : next
  }
  return null
}
