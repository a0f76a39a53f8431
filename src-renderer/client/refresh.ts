const readers: (() => unknown)[] = []

/** Registers a function that reads data again. Every `refresh` calls it while the window is open. */
export function onRefresh(read: () => unknown): void {
  readers.push(read)
}

/** Reads the screens' data again, in case it changed without an event. Doesn't discard text that the user has typed. */
export function refresh(): void {
  for (const read of readers) read()
}
