import { type NativeImage, nativeImage, nativeTheme } from 'electron'
import { assetPath } from '../system/assets'
import type { TrayIcon } from './tray-state'

/** The image sizes in pixels: first the size at 100%, then the sizes for larger scale factors. */
const SIZES: Readonly<Record<'win32' | 'darwin' | 'other', readonly [number, ...number[]]>> = {
  win32: [16, 20, 24, 32, 48],
  darwin: [16, 32],
  other: [22, 44],
}

/** The tray icon's image, sharp on every display. */
export function trayImage(icon: TrayIcon): NativeImage {
  const image = loadImage(icon, isPanelDark() ? 'dark' : 'light')
  // macOS colours the shape to match the menu bar.
  if (process.platform === 'darwin') image.setTemplateImage(true)
  return image
}

/** The overlay image for the taskbar button, on Windows. */
export function overlayImage(icon: TrayIcon): NativeImage {
  return nativeImage.createFromPath(assetPath('tray', `${icon}-light-16.png`))
}

function loadImage(icon: TrayIcon, panel: 'light' | 'dark'): NativeImage {
  const [base, ...larger] = SIZES[process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'other']
  const file = (size: number) => nativeImage.createFromPath(assetPath('tray', `${icon}-${panel}-${size}.png`))
  const image = file(base)
  for (const size of larger) {
    image.addRepresentation({ scaleFactor: size / base, width: size, height: size, dataURL: file(size).toDataURL() })
  }
  return image
}

/** True if the panel is dark, even if windows are light. Older Electron versions know only the windows' colours. */
function isPanelDark(): boolean {
  return nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ?? nativeTheme.shouldUseDarkColors
}
