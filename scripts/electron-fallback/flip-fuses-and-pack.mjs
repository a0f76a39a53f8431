// Run by the project's own Node (the two packages need 22.12): <electron executable> <default app folder> <asar to write>
import { createPackage } from '@electron/asar'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'

const [executable, defaultApp, archive] = process.argv.slice(2)
await flipFuses(executable, {
  version: FuseVersion.V1,
  // Playwright talks to the main process through --inspect.
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  // The V8 snapshot of the program that this Electron comes from is not included.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
})
await createPackage(defaultApp, archive)
