import { Menu, type MenuItemConstructorOptions, nativeTheme, Tray } from 'electron'
import { log } from '../system/log'
import { trayPicture } from './tray-picture'
import type { TrayState } from './tray-state'

/** What the menu's entries do. */
export interface TrayActions {
  syncNow(): void
  open(path?: string): void
  setPaused(isPaused: boolean): void
  pauseForHour(): void
  quit(): void
}

/** The icon in the tray: keeps a state, and `render` makes the icon show it. */
export class SystemTray {
  private currentState: TrayState
  private tray: Tray | null = null
  private shown = ''
  private readonly actions: TrayActions

  constructor(state: TrayState, actions: TrayActions) {
    this.currentState = state
    this.actions = actions
    nativeTheme.on('updated', () => this.render())
  }

  /** The menu as it is now. */
  get menu(): MenuItemConstructorOptions[] {
    return trayMenu(this.currentState, this.actions)
  }

  /** What is shown now. */
  get state(): TrayState {
    return this.currentState
  }

  /** True once the icon is in the tray. */
  get isShown(): boolean {
    return this.tray !== null && !this.tray.isDestroyed()
  }

  /** Puts the icon into the tray. False where the system refuses. */
  show(): boolean {
    try {
      this.tray ??= this.create()
    } catch (error) {
      log.warn('no icon in the tray', error)
      return false
    }
    this.shown = ''
    this.render()
    return true
  }

  /** Shows another state from now on. */
  update(state: TrayState): void {
    this.currentState = state
    this.render()
  }

  /** Applies the state to icon, tooltip and menu; does nothing where they show it already. */
  render(): void {
    if (this.tray === null || this.tray.isDestroyed()) return
    const wanted = JSON.stringify([this.currentState, nativeTheme.shouldUseDarkColors])
    if (wanted === this.shown) return
    this.shown = wanted
    this.tray.setImage(trayPicture(this.currentState.icon))
    this.tray.setToolTip(this.currentState.tooltip)
    // On Linux a changed menu only shows when it is set anew.
    this.tray.setContextMenu(Menu.buildFromTemplate(this.menu))
  }

  private create(): Tray {
    const picture = trayPicture(this.currentState.icon)
    // An icon that nobody can see is worse than none: a window hidden behind it would be lost.
    if (picture.isEmpty()) throw new Error('the pictures for the tray are missing')
    const tray = new Tray(picture)
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
      ? [{ label: 'Resume automatic sync', enabled: state.canSync, click: () => actions.setPaused(false) }]
      : [
          { label: 'Pause for 1 hour', enabled: state.canSync, click: () => actions.pauseForHour() },
          { label: 'Pause until I resume', enabled: state.canSync, click: () => actions.setPaused(true) },
        ]),
    { type: 'separator' },
    { label: 'Quit', click: () => actions.quit() },
  ]
}
