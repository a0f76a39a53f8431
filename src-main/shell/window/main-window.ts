import { app, BrowserWindow, dialog, nativeTheme } from 'electron'
import { CHANNELS } from '../../../src-shared/contract/channels'
import type { EventMessage } from '../../../src-shared/contract/events'
import { APP_URL } from '../security/origin'
import { assetPath } from '../system/assets'
import { log } from '../system/log'
import { DEFAULT_SIZE, MINIMUM_SIZE, type WindowMemory } from './window-bounds'
import { loadWindowMemory, saveWindowMemory } from './window-memory'

/** The background before the page has been drawn. */
const BACKGROUND = { dark: '#1a1b1e', light: '#ffffff' }

/** Chromium's code for a load that another navigation replaced. */
const ABORTED = -3

/** A loaded page that reports no first frame within this time is shown anyway. */
const FIRST_FRAME_MS = 300

/** Where the window's page and preload script are. */
export interface MainWindowOptions {
  devServer: string | null
  /** The bundled preload script. */
  preload: string
}

/** The program's window. There is at most one; it is created when first needed. */
export class MainWindow {
  private window: BrowserWindow | null = null
  private remembered: WindowMemory | null = null
  private isHideRequested = false
  private closeHandler: (event: { preventDefault(): void }) => void = () => {}
  /** True while the page reports unsaved changes. */
  hasUnsavedChanges = false
  private readonly options: MainWindowOptions

  constructor(options: MainWindowOptions) {
    this.options = options
    nativeTheme.on('updated', () => this.current?.setBackgroundColor(background()))
  }

  /** The window; null before `open` and after it was closed. */
  get current(): BrowserWindow | null {
    return this.window !== null && !this.window.isDestroyed() ? this.window : null
  }

  /** What the window remembers between starts. Change it only through `remember`. */
  get memory(): WindowMemory {
    this.remembered ??= loadWindowMemory()
    return this.remembered
  }

  /** Saves a change of `memory` for the next start. */
  remember(change: Partial<WindowMemory>): void {
    this.remembered = { ...this.memory, ...change }
    saveWindowMemory(this.remembered)
  }

  /** Sets the handler that runs when the person closes the window; it may prevent that. */
  setCloseHandler(handler: (event: { preventDefault(): void }) => void): void {
    this.closeHandler = handler
  }

  /** True if the window was hidden on purpose. */
  get isHidden(): boolean {
    return this.isHideRequested
  }

  /** Creates the window and, unless it should stay hidden, shows it when its page has been drawn. Resolves when the page has loaded or failed. */
  async open({ isHidden }: { isHidden: boolean }): Promise<void> {
    this.isHideRequested = isHidden
    const { place, isMaximized } = this.memory
    const window = new BrowserWindow({
      title: 'Ledgerdrop',
      ...DEFAULT_SIZE,
      ...place,
      minWidth: MINIMUM_SIZE.width,
      minHeight: MINIMUM_SIZE.height,
      show: false,
      backgroundColor: background(),
      autoHideMenuBar: true,
      icon: assetPath('icons', '256.png'),
      webPreferences: {
        preload: this.options.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        navigateOnDragDrop: false,
        // Except on macOS, Chromium would download dictionaries from Google.
        spellcheck: process.platform === 'darwin',
        devTools: !app.isPackaged,
      },
    })
    this.window = window
    if (isMaximized) window.maximize()
    const reveal = () => {
      if (!this.isHideRequested && !window.isDestroyed() && !window.isVisible()) window.show()
    }
    window.once('ready-to-show', reveal)
    // On Wayland, and on Windows with Electron 44, a hidden window may never report its first frame (electron#48859, electron#54025).
    window.webContents.once('did-stop-loading', () => setTimeout(reveal, FIRST_FRAME_MS))
    window.on('page-title-updated', (event) => event.preventDefault())
    window.on('close', (event) => {
      this.rememberBounds(window)
      this.closeHandler(event)
    })
    // The page was replaced or reloaded, so the unsaved changes are gone.
    window.webContents.on('did-navigate', () => {
      this.hasUnsavedChanges = false
    })
    window.webContents.on('render-process-gone', (_event, { reason }) => this.reload(window, reason))
    window.webContents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
      if (!isMainFrame || code === ABORTED) return
      log.error(`window: page not loaded: ${code} ${description}`)
      dialog.showErrorBox(
        'Ledgerdrop cannot show its window',
        'Start Ledgerdrop again. If this keeps happening, reinstall it. Your orders and settings are stored separately and are not affected.',
      )
    })
    await window.loadURL(this.options.devServer ?? APP_URL).catch((error: unknown) => log.error('window: page not loaded', error))
  }

  /** Brings the window to the front; creates it if there is none. `path`: the screen to show. */
  show(path?: string): void {
    if (this.current === null) void this.open({ isHidden: false })
    this.isHideRequested = false
    const window = this.current
    if (window === null) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    if (path === undefined) return
    const navigate = () => window.webContents.send(CHANNELS.navigate, path)
    if (window.webContents.isLoading()) window.webContents.once('did-finish-load', navigate)
    else navigate()
  }

  /** Hides the window; the program keeps running. */
  hide(): void {
    this.isHideRequested = true
    this.current?.hide()
  }

  /** Sends an event to the page, if there is one. */
  sendEvent(...message: EventMessage): void {
    const contents = this.current?.webContents
    if (contents !== undefined && !contents.isCrashed()) contents.send(CHANNELS.event, ...message)
  }

  private rememberBounds(window: BrowserWindow): void {
    this.remember({ place: window.getNormalBounds(), isMaximized: window.isMaximized() })
  }

  /** Reloads a page that crashed. The engine is not affected. */
  private reload(window: BrowserWindow, reason: string): void {
    log.error(`window: page crashed: ${reason}`)
    if (reason === 'clean-exit' || window.isDestroyed()) return
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    }, 1000)
  }
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light
}
