import { announce } from './announce.mjs'
import { requireSandbox } from './electron-sandbox.mjs'
import { electronProgram, installedElectronVersion, isFallbackElectron, wantedElectronVersion } from './installed-electron.mjs'

/** Checks that Electron can start here, and prints a note if it is the fallback. Throws an ExpectedFailure if it can't start. */
export function prepareLaunch() {
  if (isFallbackElectron()) {
    announce(
      `Using the fallback Electron ${installedElectronVersion()}, which gets no security updates. To try to download ${wantedElectronVersion()} again, run "npm run set-up".`,
    )
  }
  requireSandbox(electronProgram())
}

/** Whether this is root on Linux, where Chromium starts only without its sandbox. */
export function isRootOnLinux() {
  return process.platform === 'linux' && process.getuid() === 0
}
