import { app, Menu, type MenuItemConstructorOptions } from 'electron'

/**
 * Sets the native menu. The screens have their own menus. macOS needs this one; elsewhere it is hidden until Alt is pressed, and provides
 * keyboard shortcuts.
 */
export function setAppMenu(): void {
  const isMac = process.platform === 'darwin'
  const developerItems: MenuItemConstructorOptions[] = app.isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
  const template: MenuItemConstructorOptions[] = [
    ...(isMac
      ? [{ role: 'appMenu' } as const]
      : [{ label: '&File', submenu: [{ role: 'close' }, { role: 'quit' }] } satisfies MenuItemConstructorOptions]),
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...developerItems,
      ],
    },
    { role: 'windowMenu' },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
