// Run by the project's own Node, because both packages need Node 22.12 or newer. Arguments: <electron executable>
// <default app folder> <asar to write>
import { createPackage } from '@electron/asar'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'

const [executable, defaultApp, archive] = process.argv.slice(2)
await flipFuses(executable, {
  version: FuseVersion.V1,
  // Playwright talks to the main process through --inspect.
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  // The snapshot belongs to the program that this Electron was packaged with, so it was not unpacked.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
})
await createPackage(defaultApp, archive)
