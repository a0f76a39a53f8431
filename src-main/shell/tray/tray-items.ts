/** A tray icon on the session bus. */
export interface TrayItem {
  /** The bus name of the program that owns it: unique (`:1.42`) or well-known (`org.freedesktop.StatusNotifierItem-4242-1`). */
  name: string
  path: string
}

const DEFAULT_PATH = '/StatusNotifierItem'
/** A bus name, followed by a path with or without `@` in front. */
const ITEM = /^(:[\d.]+|[A-Za-z_][\w-]*(?:\.[\w-]+)+)@?(\/[\w/]*)?$/

/**
 * The icons that a panel has registered. `answer` is the panel's property RegisteredStatusNotifierItems, as printed by
 * gdbus, dbus-send or busctl. Up to version 153, Chromium registers an icon by a path on its unique name, and since 154
 * by a well-known name; some panels put `@` before the path.
 */
export function parseTrayItems(answer: string): TrayItem[] {
  return [...answer.matchAll(/["']([^"']+)["']/g)].flatMap(([, text]) => {
    const [, name, path] = ITEM.exec(text ?? '') ?? []
    return name === undefined ? [] : [{ name, path: path ?? DEFAULT_PATH }]
  })
}

/** The process id in the answer to GetConnectionUnixProcessID; null if there is none. */
export function parseProcessId(answer: string): number | null {
  const [, id] = /\b(?:uint32|u) (\d{1,10})\b/.exec(answer) ?? []
  return id === undefined ? null : Number(id)
}
