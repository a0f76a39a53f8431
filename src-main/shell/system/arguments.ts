import { resolve } from 'node:path'

/** What the program was started with. */
export interface Arguments {
  /** Absolute; null: the usual workspace of this person. */
  workspaceFolder: string | null
  /** Absolute; null: chosen by the workspace. */
  userDataFolder: string | null
  /** Starts in the tray, e.g. with the session. Ignored where no tray can be shown. */
  isHidden: boolean
  /** Sample orders in a workspace that does not exist yet; null: only in the unpackaged program. */
  withSamples: boolean | null
  /** The words of the command line (`demo --workspace DIR`); null: windows. */
  headless: string[] | null
}

/**
 * Reads the program's arguments. Takes `--name VALUE` and `--name=VALUE`; everything else is left to Chromium, which adds
 * switches of its own. All that follows `--headless` belongs to the command line.
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
  for (const [index, word] of argv.entries()) {
    if (word.startsWith(`${name}=`)) return word.slice(name.length + 1) || null
    if (word !== name) continue
    const next = argv[index + 1]
    return next === undefined || next.startsWith('--') ? null : next
  }
  return null
}
