import { app, BrowserWindow, dialog, nativeTheme } from 'electron'
import { CHANNELS } from '../../../src-shared/contract/channels'
import type { EventMessage } from '../../../src-shared/contract/events'
import { APP_URL } from '../security/origin'
import { assetPath } from '../system/assets'
import { log } from '../system/log'
import { MINIMUM_SIZE, USUAL_SIZE, type WindowMemory } from './window-bounds'
import { loadWindowMemory, saveWindowMemory } from './window-memory'

/** What is shown before the page has drawn itself. */
const BACKGROUND = { dark: '#1a1b1e', light: '#ffffff' }

/** Chromium's code for a page that was told to load something else meanwhile. */
const ABORTED = -3

/** A page that has loaded and reports no first frame within this time is shown as it is. */
const FIRST_FRAME_MS = 300

/** Where the page lies and how the window is opened. */
export interface MainWindowOptions {
  devServer: string | null
  /** The bundled preload script. */
  preload: string
}

/** The program's window: one at most, made when it is first needed. */
export class MainWindow {
  private window: BrowserWindow | null = null
  private remembered: WindowMemory | null = null
  private isPutAway = false
  private onClosing: (event: { preventDefault(): void }) => void = () => {}
  /** True while the page says that something on it is not saved. */
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

  /** Keeps something for the next start. */
  remember(change: Partial<WindowMemory>): void {
    this.remembered = { ...this.memory, ...change }
    saveWindowMemory(this.remembered)
  }

  /** Asked whenever the person closes the window; may prevent it. */
  whenClosing(decide: (event: { preventDefault(): void }) => void): void {
    this.onClosing = decide
  }

  /** True where the window was put away on purpose; nobody sees what it says. */
  get isHidden(): boolean {
    return this.isPutAway
  }

  /** Makes the window; shows it as soon as it has drawn its page, unless it is to stay hidden. Resolves when the page is there, or cannot be. */
  async open({ isHidden }: { isHidden: boolean }): Promise<void> {
    this.isPutAway = isHidden
    const { place, isMaximized } = this.memory
    const window = new BrowserWindow({
      title: 'Ledgerdrop',
      ...USUAL_SIZE,
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
        // Elsewhere Chromium fetches dictionaries from Google; an office program does not call home.
        spellcheck: process.platform === 'darwin',
        devTools: !app.isPackaged,
      },
    })
    this.window = window
    if (isMaximized) window.maximize()
    const reveal = () => {
      if (!this.isPutAway && !window.isDestroyed() && !window.isVisible()) window.show()
    }
    window.once('ready-to-show', reveal)
    // On Wayland, and on Windows with Electron 44, a hidden window may never report its first frame (electron#48859, electron#54025).
    window.webContents.once('did-stop-loading', () => setTimeout(reveal, FIRST_FRAME_MS))
    window.on('page-title-updated', (event) => event.preventDefault())
    window.on('close', (event) => {
      this.rememberPlace(window)
      this.onClosing(event)
    })
    // Another page, or the same one anew: what was typed is gone.
    window.webContents.on('did-navigate', () => {
      this.hasUnsavedChanges = false
    })
    window.webContents.on('render-process-gone', (_event, { reason }) => this.reload(window, reason))
    window.webContents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
      if (!isMainFrame || code === ABORTED) return
      log.error(`window: page not loaded: ${code} ${description}`)
      dialog.showErrorBox(
        'Ledgerdrop cannot show its window',
        'Start Ledgerdrop again. If this happens again, install it anew: your orders and settings are kept apart from the program.',
      )
    })
    await window.loadURL(this.options.devServer ?? APP_URL).catch((error: unknown) => log.error('window: page not loaded', error))
  }

  /** Brings the window to the front; makes it where there is none. `path`: the screen to show. */
  show(path?: string): void {
    if (this.current === null) void this.open({ isHidden: false })
    this.isPutAway = false
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

  /** Puts the window away; the program goes on. */
  hide(): void {
    this.isPutAway = true
    this.current?.hide()
  }

  /** Sends an event to the page, where there is one. */
  sendEvent(...message: EventMessage): void {
    const contents = this.current?.webContents
    if (contents !== undefined && !contents.isCrashed()) contents.send(CHANNELS.event, ...message)
  }

  private rememberPlace(window: BrowserWindow): void {
    this.remember({ place: window.getNormalBounds(), isMaximized: window.isMaximized() })
  }

  /** A page that died comes back by itself; the engine is not affected. */
  private reload(window: BrowserWindow, reason: string): void {
    log.error(`window: page ended: ${reason}`)
    if (reason === 'clean-exit' || window.isDestroyed()) return
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    }, 1000)
  }
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light
}
