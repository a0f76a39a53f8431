const readers: (() => unknown)[] = []

/** Registers what reads a part of the screens again; it is called by every `refresh` for as long as the window lives. */
export function onRefresh(read: () => unknown): void {
  readers.push(read)
}

/** Reads again what the screens show, where events did not say that it changed; what a person has typed stays. */
export function refresh(): void {
  for (const read of readers) read()
}
