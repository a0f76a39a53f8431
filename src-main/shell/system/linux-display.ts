type Environment = Readonly<Record<string, string | undefined>>

const SWITCH = '--ozone-platform='

/**
 * `['--ozone-platform=x11']` if the program needs it to use the available X server; otherwise `[]`. On Wayland,
 * Electron 38 and later may never report a hidden window's first frame (electron#48859), can't tell that a window is
 * minimised, and can crash when the tray shows it again (electron#49253). A person who passes
 * `--ozone-platform=wayland` gets Wayland.
 */
export function x11Arguments(platform: NodeJS.Platform, env: Environment, argv: readonly string[]): string[] {
  const isNeeded = platform === 'linux' && Boolean(env.DISPLAY) && env.XDG_SESSION_TYPE !== 'x11' && chosenPlatform(argv) === null
  return isNeeded ? [`${SWITCH}x11`] : []
}

/** True if a program started like this shows native Wayland windows. */
export function usesWayland(platform: NodeJS.Platform, env: Environment, argv: readonly string[]): boolean {
  if (platform !== 'linux') return false
  const chosen = chosenPlatform(argv)
  if (chosen !== null) return chosen === 'wayland'
  return env.XDG_SESSION_TYPE !== 'x11' && (env.XDG_SESSION_TYPE === 'wayland' || Boolean(env.WAYLAND_DISPLAY))
}

function chosenPlatform(argv: readonly string[]): string | null {
  return argv.findLast((argument) => argument.startsWith(SWITCH))?.slice(SWITCH.length) ?? null
}
