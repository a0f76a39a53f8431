import { announce } from './announce.mjs'
import { requireSandbox } from './electron-sandbox.mjs'
import { electronProgram, installedElectronVersion, isFallbackElectron, wantedElectronVersion } from './installed-electron.mjs'

/** Checks that Electron can start here, and says so if it is only the fallback. Throws what a person has to do first. */
export function prepareLaunch() {
  if (isFallbackElectron()) {
    announce(
      `Running on the fallback Electron ${installedElectronVersion()}, which gets no security updates; "npm run set-up" tries to get ${wantedElectronVersion()} again.`,
    )
  }
  requireSandbox(electronProgram())
}

/** Whether Chromium must do without its sandbox: it refuses to start as root with it. */
export function isRootOnLinux() {
  return process.platform === 'linux' && process.getuid() === 0
}
