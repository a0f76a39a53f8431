import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { parseTrayItems } from '../../src-main/shell/tray/tray-items'
import { readDump, type Screenshot, screenshotOf } from './screen-dump'

const COMMANDS = ['Xvfb', 'dbus-daemon', 'dbus-send', 'openbox', 'xfce4-panel', 'xdotool']
const TIMEOUT_MS = 60_000
const PANEL = { x: 0, y: 0, width: 300, height: 32 }
/** A pointer position away from the panel and its menus. */
const AWAY = ['mousemove', '900', '600'] as const

/**
 * Lists the programs that a panel session needs but that aren't installed. `more` adds programs that the test needs.
 */
export function missingPanelPrograms(more: readonly string[] = []): string[] {
  if (process.platform !== 'linux') return ['Linux']
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [...COMMANDS, ...more].filter((command) => !folders.some((folder) => isProgram(join(folder, command))))
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A separate desktop: a virtual screen, a session bus, a window manager, and a panel that only has a tray. */
export class PanelSession {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-panel-'))
  private readonly children: ChildProcess[] = []
  /** Environment variables for the programs of this desktop. */
  readonly env: Record<string, string | undefined> = {
    HOME: this.folder,
    XDG_CONFIG_HOME: join(this.folder, 'config'),
    XDG_CACHE_HOME: join(this.folder, 'cache'),
    XDG_DATA_HOME: join(this.folder, 'data'),
    XDG_RUNTIME_DIR: join(this.folder, 'run'),
    WAYLAND_DISPLAY: undefined,
    XDG_SESSION_TYPE: 'x11',
    SESSION_MANAGER: undefined,
    NO_AT_BRIDGE: '1',
  }

  private constructor() {}

  /** Starts a session and waits until the panel is visible. Always stop it, even if the test fails. */
  static async start(panel: 'light' | 'dark'): Promise<PanelSession> {
    const session = new PanelSession()
    try {
      await session.start(panel)
      return session
    } catch (error) {
      await session.stop()
      throw error
    }
  }

  /** Stops all programs of the session, in reverse order, and deletes its folder. */
  async stop(): Promise<void> {
    for (const child of this.children.reverse()) await end(child)
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  /** A screenshot of the panel. */
  panelScreenshot(): Screenshot {
    return screenshotOf(readDump(readFileSync(join(this.folder, 'Xvfb_screen0'))), PANEL)
  }

  /** A screenshot of the whole screen. */
  screenshot(): Screenshot {
    return screenshotOf(readDump(readFileSync(join(this.folder, 'Xvfb_screen0'))))
  }

  /** Returns the tooltip of the program's icon. Throws if there is no icon. */
  async tooltip(): Promise<string> {
    const get = 'org.freedesktop.DBus.Properties.Get'
    const [watcher, item] = ['org.kde.StatusNotifierWatcher', 'org.kde.StatusNotifierItem']
    const list = await this.call(
      `--dest=${watcher}`,
      '/StatusNotifierWatcher',
      get,
      `string:${watcher}`,
      'string:RegisteredStatusNotifierItems',
    )
    const [icon] = parseTrayItems(list)
    if (icon === undefined) throw new Error(`no icon is registered: ${list}`)
    const reply = await this.call(`--dest=${icon.name}`, icon.path, get, `string:${item}`, 'string:ToolTip')
    return [...reply.matchAll(/string "(.*)"/g)].map(([, text]) => text).join('')
  }

  /** Moves the pointer, clicks or types with xdotool. Returns what it prints. */
  async xdotool(...args: readonly string[]): Promise<string> {
    return (await promisify(execFile)('xdotool', [...args], { env: this.environment(), timeout: TIMEOUT_MS })).stdout
  }

  /**
   * Starts a service with `input` as its standard input, and waits until it owns `busName` on the session bus. The
   * service ends with the session.
   */
  async startService(busName: string, command: string, args: readonly string[], input?: string): Promise<void> {
    this.spawn(command, args, input)
    await expect.poll(() => this.isOnBus(busName), { message: `${command} answers on the session bus`, timeout: TIMEOUT_MS }).toBe(true)
  }

  /** Runs a command on this desktop and returns its exit code. Programs that it starts keep running. */
  async run(command: string, ...args: readonly string[]): Promise<number | null> {
    const child = spawn(command, args, { env: this.environment(), stdio: 'ignore' })
    return new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve))
  }

  /** The folder of a program's settings on this desktop. */
  configFolder(...names: readonly string[]): string {
    return join(this.folder, 'config', ...names)
  }

  /** Moves the pointer away from the panel and its menus. */
  async movePointerAway(): Promise<void> {
    await this.xdotool(...AWAY)
  }

  private async start(panel: 'light' | 'dark'): Promise<void> {
    for (const name of ['config', 'cache', 'data', 'run']) mkdirSync(join(this.folder, name), { mode: 0o700 })
    this.configure(panel)
    const server = this.spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1200x800x24', '-nolisten', 'tcp', '-fbdir', this.folder])
    this.env.DISPLAY = `:${await firstLine(server, 3)}`
    const bus = this.spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=3'])
    this.env.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus, 3)
    this.spawn('openbox', ['--sm-disable'])
    const before = this.panelScreenshot()
    this.spawn('xfce4-panel', ['--disable-wm-check', '--sm-client-disable'])
    await expect
      .poll(() => this.panelScreenshot().changedArea(before), { message: 'the panel is visible', timeout: TIMEOUT_MS })
      .not.toBeNull()
    await expect
      .poll(() => this.isOnBus('org.kde.StatusNotifierWatcher'), { message: 'the panel accepts icons', timeout: TIMEOUT_MS })
      .toBe(true)
    await this.movePointerAway()
  }

  private configure(panel: 'light' | 'dark'): void {
    const folder = join(this.folder, 'config', 'xfce4', 'xfconf', 'xfce-perchannel-xml')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'xfce4-panel.xml'), panelXml(panel === 'dark'))
  }

  private async isOnBus(busName: string): Promise<boolean> {
    const name = 'org.freedesktop.DBus'
    const reply = await this.call(`--dest=${name}`, '/org/freedesktop/DBus', `${name}.NameHasOwner`, `string:${busName}`)
    return reply.includes('true')
  }

  /** Calls a method of a program on the session bus, and returns the reply. */
  private async call(...args: readonly string[]): Promise<string> {
    const allArgs = ['--session', '--print-reply', '--reply-timeout=2000', ...args]
    return (await promisify(execFile)('dbus-send', allArgs, { env: this.environment(), timeout: TIMEOUT_MS })).stdout
  }

  private spawn(command: string, args: readonly string[], input: string | null = null): ChildProcess {
    const stdin = input === null ? 'ignore' : 'pipe'
    const child = spawn(command, args, { env: this.environment(), stdio: [stdin, 'ignore', 'ignore', 'pipe'] })
    this.children.push(child)
    child.stdin?.end(input)
    return child
  }

  private environment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.env }
  }
}

/** Returns the first line that a program writes to a file descriptor. Rejects if it ends or prints nothing in time. */
async function firstLine(child: ChildProcess, descriptor: number): Promise<string> {
  const stream = child.stdio[descriptor] as Readable
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  return new Promise((resolve, reject) => {
    let text = ''
    signal.addEventListener('abort', () => reject(new Error(`${child.spawnfile} printed nothing within ${TIMEOUT_MS} ms`)))
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${child.spawnfile} ended with exit code ${child.exitCode}`)))
    stream.on('data', (part) => {
      text += part
      if (text.includes('\n')) resolve(text.trim())
    })
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000)
  await exited
  clearTimeout(timer)
}

function panelXml(isDark: boolean): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="${isDark}"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="${PANEL.height}"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty"><property name="plugin-1" type="string" value="systray"/></property>
</channel>
`
}
