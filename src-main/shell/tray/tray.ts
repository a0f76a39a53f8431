import { Menu, type MenuItemConstructorOptions, nativeTheme, Tray } from 'electron'
import { log } from '../system/log'
import { trayImage } from './tray-image'
import type { TrayState } from './tray-state'

/** The actions of the menu's items. */
export interface TrayActions {
  syncNow(): void
  open(path?: string): void
  setPaused(isPaused: boolean): void
  pauseForHour(): void
  quit(): void
}

/** The icon in the tray. Holds a state, and `render` applies it. */
export class SystemTray {
  private currentState: TrayState
  private tray: Tray | null = null
  private lastRendered = ''
  private readonly actions: TrayActions

  constructor(state: TrayState, actions: TrayActions) {
    this.currentState = state
    this.actions = actions
    nativeTheme.on('updated', () => this.render())
  }

  /** The current menu. */
  get menu(): MenuItemConstructorOptions[] {
    return trayMenu(this.currentState, this.actions)
  }

  /** The current state. */
  get state(): TrayState {
    return this.currentState
  }

  /** True if the icon has been created. */
  get isShown(): boolean {
    return this.tray !== null && !this.tray.isDestroyed()
  }

  /** Adds the icon to the tray. False if the system refuses. */
  show(): boolean {
    try {
      this.tray ??= this.create()
    } catch (error) {
      log.warn('tray icon not created', error)
      return false
    }
    this.lastRendered = ''
    this.render()
    return true
  }

  /** Sets and shows a new state. */
  update(state: TrayState): void {
    this.currentState = state
    this.render()
  }

  /** Applies the state to the icon, tooltip and menu, unless they already show it. */
  render(): void {
    if (this.tray === null || this.tray.isDestroyed()) return
    const wanted = JSON.stringify([this.currentState, nativeTheme.shouldUseDarkColors])
    if (wanted === this.lastRendered) return
    this.lastRendered = wanted
    this.tray.setImage(trayImage(this.currentState.icon))
    this.tray.setToolTip(this.currentState.tooltip)
    // On Linux, a changed menu only appears if it is set again.
    this.tray.setContextMenu(Menu.buildFromTemplate(this.menu))
  }

  private create(): Tray {
    const image = trayImage(this.currentState.icon)
    // With an invisible icon, a hidden window could not be shown again.
    if (image.isEmpty()) throw new Error('the images for the tray are missing')
    const tray = new Tray(image)
    // A click opens the menu on macOS, and the window elsewhere.
    if (process.platform !== 'darwin') tray.on('click', () => this.actions.open())
    return tray
  }
}

function trayMenu(state: TrayState, actions: TrayActions): MenuItemConstructorOptions[] {
  const { problemCount } = state
  return [
    { label: 'Sync Now', enabled: state.canSync && !state.isSyncing, click: () => actions.syncNow() },
    { label: 'Open Ledgerdrop', click: () => actions.open() },
    ...(problemCount > 0 ? [{ label: `Problems (${problemCount})`, click: () => actions.open('/sync/problems') }] : []),
    { type: 'separator' },
    ...(state.isPaused
      ? [{ label: 'Resume Automatic Sync', enabled: state.canSync, click: () => actions.setPaused(false) }]
      : [
          { label: 'Pause for 1 Hour', enabled: state.canSync, click: () => actions.pauseForHour() },
          { label: 'Pause until I Resume', enabled: state.canSync, click: () => actions.setPaused(true) },
        ]),
    { type: 'separator' },
    { label: 'Quit', click: () => actions.quit() },
  ]
}
