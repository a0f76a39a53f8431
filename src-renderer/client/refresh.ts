const readers: (() => unknown)[] = []

/** Registers a function that reads data again. Every `refresh` calls it, for as long as the window is open. */
export function onRefresh(read: () => unknown): void {
  readers.push(read)
}

/** Reads again what the screens show, if it may have changed without an event. What a person has typed stays. */
export function refresh(): void {
  for (const read of readers) read()
}
