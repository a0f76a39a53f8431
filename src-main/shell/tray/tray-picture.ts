import { type NativeImage, nativeImage, nativeTheme } from 'electron'
import { assetPath } from '../system/assets'
import type { TrayIcon } from './tray-state'

/** Pixels at 100 %, and the other sizes that exist, as scale factors of it. */
const SIZES: Readonly<Record<'win32' | 'darwin' | 'other', readonly [number, ...number[]]>> = {
  win32: [16, 20, 24, 32, 48],
  darwin: [16, 32],
  other: [22, 44],
}

/** The picture for the tray, sharp on every display. */
export function trayPicture(icon: TrayIcon): NativeImage {
  const picture = pictureOf(icon, isPanelDark() ? 'dark' : 'light')
  // macOS colours the shape itself, to suit the menu bar.
  if (process.platform === 'darwin') picture.setTemplateImage(true)
  return picture
}

/** The picture for the corner of the task bar's button, on Windows. */
export function overlayPicture(icon: TrayIcon): NativeImage {
  return nativeImage.createFromPath(assetPath('tray', `${icon}-light-16.png`))
}

function pictureOf(icon: TrayIcon, panel: 'light' | 'dark'): NativeImage {
  const [base, ...larger] = SIZES[process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'other']
  const file = (size: number) => nativeImage.createFromPath(assetPath('tray', `${icon}-${panel}-${size}.png`))
  const picture = file(base)
  for (const size of larger) {
    picture.addRepresentation({ scaleFactor: size / base, width: size, height: size, dataURL: file(size).toDataURL() })
  }
  return picture
}

/** Panels may be dark where windows are light; newer Electron knows. */
function isPanelDark(): boolean {
  return nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ?? nativeTheme.shouldUseDarkColors
}
