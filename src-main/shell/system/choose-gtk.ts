import { app } from 'electron'

/**
 * Chooses GTK 3 for Chromium's dialogs and themes on Linux, unless the command line names a version. Since Electron 36 the default on GNOME is
 * GTK 4, and a process that also loads something built for GTK 3 (an input method, a GTK module) then ends with "GTK 2/3 symbols detected"
 * (electron#46538). GTK 3 is on every desktop that we support, is what set-up and the deb package install, and is the version that the tests
 * run with. Call before the app is ready: Chromium loads GTK after our code has run, so the switch is set in time.
 */
export function chooseGtk(): void {
  if (process.platform !== 'linux' || app.commandLine.hasSwitch('gtk-version')) return
  app.commandLine.appendSwitch('gtk-version', '3')
}
