import { rmSync } from 'node:fs'
import { join } from 'node:path'

/** electron-builder's hook: Electron's own example program is no part of ours. */
export default async function afterPack({ appOutDir, packager }) {
  rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
}
