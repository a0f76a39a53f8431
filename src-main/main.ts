import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, session } from 'electron'
import { EngineThread } from './engine-thread/engine-thread'
import { startEngineWorker } from './engine-thread/start-engine-worker'
import { userName } from './engine-thread/user-name'
import { requestWeb } from './engine-thread/web-client'
import { runHeadless } from './shell/headless'
import { runCommand } from './shell/health/commands'
import { HealthWatch } from './shell/health/health-watch'
import { notifyOfProblems } from './shell/health/problem-notifications'
import { registerAppScheme, serveApp } from './shell/security/app-protocol'
import { refuseDebugging } from './shell/security/debugging'
import { refuseClientCertificateRequests, restrictContents, restrictSession } from './shell/security/permissions'
import { parseArguments } from './shell/system/arguments'
import { chooseGtk } from './shell/system/choose-gtk'
import { defaultWorkspace, userDataFolder } from './shell/system/folders'
import { followLogLevel, log, setLogFolder, startLog } from './shell/system/log'
import { restartOnX11 } from './shell/system/restart-on-x11'
import { handleSecret } from './shell/system/secrets'
import { clockAhead, offerTestHooks } from './shell/test-hooks'
import { keepSyncingWhenClosed } from './shell/tray/closing'
import { currentTrayState, showHealth } from './shell/tray/indicators'
import { SystemTray } from './shell/tray/tray'
import { startTray } from './shell/tray/tray-start'
import { setAppMenu } from './shell/window/app-menu'
import { startBridge } from './shell/window/bridge'
import { MainWindow } from './shell/window/main-window'
import { quitWithoutWindow, stopEngineBeforeQuitting } from './shell/window/quitting'

const here = import.meta.dirname
const args = parseArguments(process.argv.slice(1), process.cwd())
const devServer = app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null)

refuseDebugging()
if (args.headless !== null) void runHeadless(args.headless, async () => (await import('./cli/cli')).runCli)
else if (!restartOnX11()) startProgram()

function startProgram(): void {
  const workspaceFolder = args.workspaceFolder ?? defaultWorkspace({ platform: process.platform, home: homedir(), env: process.env })
  app.setPath('userData', args.userDataFolder ?? userDataFolder(workspaceFolder, app.getPath('appData'), process.platform))
  // Windows shows notifications and the taskbar badge only for a program with its installer's id.
  app.setAppUserModelId('app.ledgerdrop.desktop')
  startLog(app.isPackaged)
  // Date fields in the page use this language: day before month. Chromium has no en-AU.
  app.commandLine.appendSwitch('lang', 'en-GB')
  chooseGtk()

  // The lock is per user-data folder, and each workspace has its own (see `userDataFolder`).
  if (!app.requestSingleInstanceLock()) {
    log.info('another Ledgerdrop has this workspace open; asked it to show its window')
    app.exit(0)
    return
  }

  const chooseLogFolder = () => setLogFolder(join(workspaceFolder, 'logs'), join(app.getPath('userData'), 'logs'))
  chooseLogFolder()
  log.info(`Ledgerdrop ${app.getVersion()} starting; Electron ${process.versions.electron}; workspace ${workspaceFolder}`)

  registerAppScheme()
  restrictContents(devServer)
  refuseClientCertificateRequests()

  const engineStart = {
    workspaceFolder,
    version: app.getVersion(),
    actor: userName(),
    withSamples: args.withSamples ?? !app.isPackaged,
    ...(clockAhead === null ? {} : { clockAhead }),
  }
  const engine = new EngineThread({
    startWorker: () => startEngineWorker(new URL('./engine-worker.js', import.meta.url), engineStart, log),
    handleSecret,
    requestWeb,
    log,
  })
  followLogLevel(engine)
  engine.onState((state) => {
    log.info(`engine thread: ${state.kind}`)
    if (state.kind === 'ready') chooseLogFolder()
  })
  const window = new MainWindow({ devServer, preload: join(here, '../preload/preload.cjs') })
  const watch = new HealthWatch(engine, window)
  const tray = new SystemTray(currentTrayState(engine, watch), {
    syncNow: () => void runCommand(engine, 'sync.runNow', {}),
    setPaused: (isPaused) => void runCommand(engine, 'sync.setPaused', { isPaused }),
    pauseForHour: () => void runCommand(engine, 'sync.pauseFor', { minutes: 60 }),
    open: (path) => window.show(path),
    quit: () => app.quit(),
  })
  startBridge({ window, engine, devServer, workspaceFolder })
  showHealth(engine, watch, window, tray)
  notifyOfProblems(watch, window)
  keepSyncingWhenClosed(window, tray)
  stopEngineBeforeQuitting(engine)
  offerTestHooks({ engine, tray, window })
  app.on('second-instance', () => window.show())
  app.on('activate', () => window.show())

  engine.start()
  app
    .whenReady()
    .then(async () => {
      restrictSession(session.defaultSession, devServer)
      serveApp(session.defaultSession, join(here, '../renderer'))
      // Load the page first: the tray icon and the menu can wait. If the window starts hidden, show the icon first.
      if (!args.isHidden) await window.open({ isHidden: false })
      const isTrayShown = startTray(tray)
      // A failed start must be visible.
      if (args.isHidden) void window.open({ isHidden: (await isTrayShown) && engine.state.kind !== 'failed' })
      setAppMenu()
    })
    .catch(quitWithoutWindow)
}
