import { rmSync } from 'node:fs'
import { join } from 'node:path'

/** electron-builder's hook after packing: removes Electron's example app. */
export default async function afterPack({ appOutDir, packager }) {
  rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
}
