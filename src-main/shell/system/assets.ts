import { join } from 'node:path'
import { app } from 'electron'

/** The path of a file in `assets/`, unpacked or in the packaged program. */
export function assetPath(...names: string[]): string {
  return join(app.getAppPath(), 'assets', ...names)
}
