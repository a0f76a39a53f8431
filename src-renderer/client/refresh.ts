const reloaders: (() => unknown)[] = []

/** Registers a function that reloads data. Every `refresh` calls it until the window is closed. */
export function onRefresh(reload: () => unknown): void {
  reloaders.push(reload)
}

/** Reloads the data of all screens, in case it changed without an event. Keeps text that the user has typed. */
export function refresh(): void {
  for (const reload of reloaders) reload()
}
