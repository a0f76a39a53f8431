import { stat } from 'node:fs/promises'
import { type BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain, shell } from 'electron'
import { CHANNELS } from '../../../src-shared/contract/channels'
import { type AboutRow, isShellCommand, STORE_PAGES, type SyncSettings } from '../../../src-shared/contract/contract'
import type { Failure, Result } from '../../../src-shared/failure'
import type { EngineThread } from '../../engine-thread/engine-thread'
import { isOwnOrigin } from '../security/origin'
import { log } from '../system/log'
import { sessionStart, setSessionStart } from '../system/session-start'
import { foldersOf, knownFolder } from './known-folders'
import type { MainWindow } from './main-window'
import { printPage } from './print-page'
import { openStorePage } from './store-page'
import { prepareMail, showSupportFile } from './support-mail'
import { chooseFile, openText, saveText } from './text-files'
import { openUpdatePage } from './update-page'

const MAX_NAME_LENGTH = 100
const MAX_PATH_LENGTH = 4096
const MAX_TEXT_LENGTH = 50_000_000

/** What the bridge connects. */
export interface BridgeOptions {
  window: MainWindow
  engine: EngineThread
  devServer: string | null
  workspaceFolder: string
}

/**
 * The only place that receives messages from a page. Checks the sender of every message. The content is passed on unread, or
 * compared with what the engine knows.
 */
export function startBridge({ window, engine, devServer, workspaceFolder }: BridgeOptions): void {
  const trustedSender = (event: IpcMainInvokeEvent): BrowserWindow | null => {
    const current = window.current
    const frame = event.senderFrame
    const isOurs =
      current !== null &&
      frame !== null &&
      event.sender === current.webContents &&
      frame === current.webContents.mainFrame &&
      isOwnOrigin(frame.origin, devServer) &&
      isOwnOrigin(frame.url, devServer)
    if (!isOurs) log.warn('message from a foreign sender refused')
    return isOurs ? current : null
  }

  ipcMain.handle(CHANNELS.invoke, async (event, name: unknown, input: unknown): Promise<Result<unknown>> => {
    if (trustedSender(event) === null) return refused(REFUSALS.foreignSender)
    if (typeof name !== 'string' || name.length > MAX_NAME_LENGTH || isShellCommand(name)) return refused(REFUSALS.notUnderstood)
    return engine.invokeForWindow(name, input)
  })

  ipcMain.handle(CHANNELS.openFolder, async (event, folder: unknown): Promise<Result<null>> => {
    if (trustedSender(event) === null) return refused(REFUSALS.foreignSender)
    if (!isPath(folder)) return refused(REFUSALS.unknownFolder)
    return openFolder(folder, engine)
  })

  ipcMain.handle(CHANNELS.chooseFolder, async (event, startIn: unknown): Promise<string | null> => {
    const parent = trustedSender(event)
    if (parent === null) return null
    const answer = await dialog.showOpenDialog(parent, {
      title: 'Choose a Folder',
      properties: ['openDirectory', 'createDirectory'],
      ...(isPath(startIn) && startIn !== '' ? { defaultPath: startIn } : {}),
    })
    return answer.canceled ? null : (answer.filePaths[0] ?? null)
  })

  ipcMain.handle(CHANNELS.saveText, async (event, suggestedName: unknown, text: unknown): Promise<Result<string | null>> => {
    const parent = trustedSender(event)
    if (parent === null) return refused(REFUSALS.foreignSender)
    if (!isPath(suggestedName) || typeof text !== 'string' || text.length > MAX_TEXT_LENGTH) return refused(REFUSALS.notUnderstood)
    return saveText(parent, engine, suggestedName, text)
  })

  ipcMain.handle(CHANNELS.openText, async (event, extension: unknown): Promise<Result<{ name: string; text: string } | null>> => {
    const parent = trustedSender(event)
    if (parent === null) return refused(REFUSALS.foreignSender)
    if (typeof extension !== 'string' || !/^[a-z]{1,8}$/.test(extension)) return refused(REFUSALS.notUnderstood)
    return openText(parent, extension)
  })

  ipcMain.handle(CHANNELS.setUnsaved, (event, isUnsaved: unknown): null => {
    if (trustedSender(event) !== null) window.hasUnsavedChanges = isUnsaved === true
    return null
  })

  ipcMain.handle(CHANNELS.printPage, async (event): Promise<Result<null>> => {
    const page = trustedSender(event)
    return page === null ? refused(REFUSALS.foreignSender) : printPage(page)
  })

  ipcMain.handle(CHANNELS.showSupportFile, async (event, fileName: unknown): Promise<Result<null>> => {
    if (trustedSender(event) === null) return refused(REFUSALS.foreignSender)
    if (typeof fileName !== 'string') return refused(REFUSALS.notUnderstood)
    return showSupportFile(fileName, engine)
  })

  ipcMain.handle(CHANNELS.prepareMail, async (event, subject: unknown, text: unknown): Promise<Result<null>> => {
    if (trustedSender(event) === null) return refused(REFUSALS.foreignSender)
    if (typeof subject !== 'string' || typeof text !== 'string') return refused(REFUSALS.notUnderstood)
    return prepareMail(subject, text, engine)
  })

  ipcMain.handle(CHANNELS.openUpdatePage, async (event): Promise<Result<null>> => {
    return trustedSender(event) === null ? refused(REFUSALS.foreignSender) : openUpdatePage(engine)
  })

  ipcMain.handle(CHANNELS.openStorePage, async (event, of: unknown, id: unknown): Promise<Result<null>> => {
    if (trustedSender(event) === null) return refused(REFUSALS.foreignSender)
    const known = STORE_PAGES.find((one) => one === of)
    if (known === undefined || typeof id !== 'number') return refused(REFUSALS.notUnderstood)
    return openStorePage(engine, known, id)
  })

  ipcMain.handle(CHANNELS.exportOrders, async (event, suggestedName: unknown, list: unknown): Promise<Result<unknown>> => {
    const parent = trustedSender(event)
    if (parent === null) return refused(REFUSALS.foreignSender)
    if (!isPath(suggestedName) || typeof list !== 'object' || list === null) return refused(REFUSALS.notUnderstood)
    const path = await chooseFile(parent, suggestedName)
    return path === null ? { ok: true, value: null } : engine.invokeForWindow('orders.exportTo', { ...list, path })
  })

  ipcMain.handle(CHANNELS.sessionStart, async (event, isOn: unknown): Promise<Result<unknown>> => {
    if (trustedSender(event) === null) return refused(REFUSALS.foreignSender)
    if (typeof isOn === 'boolean') return setSessionStart(isOn, workspaceFolder)
    return { ok: true, value: await sessionStart(workspaceFolder) }
  })

  engine.onEvent(({ message, isForWindow }) => {
    if (isForWindow) window.sendEvent(...message)
  })

  // While the engine was restarting, the page may have missed events.
  let wasReady = false
  engine.onState((state) => {
    if (state.kind !== 'ready') return
    if (wasReady) window.sendEvent('engine.restarted', {})
    wasReady = true
  })
}

const REFUSALS = {
  foreignSender: { code: 'sender-refused', message: 'This page is not allowed to send commands.', remedy: 'Start Ledgerdrop again.' },
  notUnderstood: { code: 'unknown-command', message: 'This command is unknown.', remedy: 'Start Ledgerdrop again.' },
  unknownFolder: {
    code: 'folder-not-known',
    message: 'Only folders of this workspace, its sources and its destinations can be opened from here.',
    remedy: 'Open the folder with your file manager.',
  },
} as const satisfies Record<string, Failure>

function refused(error: Failure): { ok: false; error: Failure } {
  return { ok: false, error }
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_PATH_LENGTH && !value.includes('\0')
}

/** Without a readable database, only the workspace's own folders are known. */
const NO_FOLDERS = { sources: [], destinations: [] }

/** Opens a folder in the file manager if the engine knows it. Never opens a file, because that might run it. */
async function openFolder(requested: string, engine: EngineThread): Promise<Result<null>> {
  const [settings, about] = await Promise.all([engine.invokeForWindow('settings.get', {}), engine.invokeForWindow('app.about', {})])
  if (!about.ok) return about
  // The engine's answers are typed by the contract that both sides are compiled against.
  const known = foldersOf(settings.ok ? (settings.value as SyncSettings) : NO_FOLDERS, about.value as AboutRow)
  const folder = knownFolder(requested, known, process.platform)
  if (folder === null) return refused(REFUSALS.unknownFolder)
  const unreachable = await folderFailure(folder)
  if (unreachable !== null) return refused(unreachable)
  const openError = await shell.openPath(folder)
  if (openError === '') return { ok: true, value: null }
  log.error(`folder not opened: ${openError}`)
  return refused({
    code: 'folder-not-opened',
    message: `The file manager did not open ${folder}.`,
    remedy: 'Open the folder with your file manager.',
  })
}

async function folderFailure(folder: string): Promise<Failure | null> {
  try {
    // On macOS, a folder with this extension is a program, and opening it runs it.
    const isProgram = process.platform === 'darwin' && folder.toLowerCase().endsWith('.app')
    if ((await stat(folder)).isDirectory() && !isProgram) return null
    return { code: 'not-a-folder', message: `${folder} is not a folder.`, remedy: 'Choose another folder in Sync Settings.' }
  } catch (error) {
    log.warn('folder not opened', error)
    return {
      code: 'folder-unreachable',
      message: `${folder} cannot be reached.`,
      remedy: 'Check that the folder exists, that the drive is connected, and that you have permission to open it.',
    }
  }
}
