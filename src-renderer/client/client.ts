import type {
  Bridge,
  CommandInput,
  CommandName,
  CommandOutput,
  EventName,
  Events,
  ExportInput,
  OrderJob,
  SessionStart,
  StorePageOf,
} from '../../src-shared/contract/contract'
import { errorMessage, type Failure, type Result } from '../../src-shared/failure'
import { reportEngineStop } from './engine-stop'

declare global {
  interface Window {
    ledgerdrop?: Bridge
  }
}

const NOT_CONNECTED: Failure = {
  code: 'not-connected',
  message: 'This window is not connected to Ledgerdrop.',
  remedy: 'Close Ledgerdrop and open it again. No orders are lost: everything is saved in the workspace.',
  action: 'wait for engine',
}

function toCallFailure(error: unknown): Failure {
  const detail = errorMessage(error)
  return {
    code: 'call-failed',
    message: `Ledgerdrop did not respond to this window (${detail}).`,
    remedy: 'Try again. If it happens again, close Ledgerdrop and open it again.',
  }
}

/** Calls the bridge. A missing bridge or an exception is returned as a failure. */
async function request<Value>(callBridge: (bridge: Bridge) => Promise<Result<Value>>): Promise<Result<Value>> {
  const bridge = window.ledgerdrop
  if (bridge === undefined) return { ok: false, error: NOT_CONNECTED }
  try {
    return await callBridge(bridge)
  } catch (error) {
    return { ok: false, error: toCallFailure(error) }
  }
}

/** Runs a command in the engine. Never throws: the failure says what happened and what to do. */
export async function call<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<Result<CommandOutput<Name>>> {
  const result = await request((bridge) => bridge.invoke(name, input))
  if (!result.ok && result.error.action === 'wait for engine') reportEngineStop(result.error)
  return result
}

/** Calls the listener for every event with the given name. Returns a function that removes the listener. */
export function on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): () => void {
  return window.ledgerdrop?.on(name, listener) ?? (() => undefined)
}

/** Reports whether the page has unsaved changes. If it has, Ledgerdrop asks for confirmation before it quits. */
export function reportUnsaved(isUnsaved: boolean): void {
  void window.ledgerdrop?.setUnsaved(isUnsaved)
}

/** Shows a folder in the file manager. The engine must know the folder. */
export function openFolder(folder: string): Promise<Result<null>> {
  return request((bridge) => bridge.openFolder(folder))
}

/** Lets the user choose a folder. Returns null if they cancel. */
export function chooseFolder(startIn: string): Promise<Result<string | null>> {
  return request(async (bridge) => ({ ok: true, value: await bridge.chooseFolder(startIn) }))
}

/** Lets the user choose where to save a text file, and saves it. Returns its path, or null if they cancel. */
export function saveText(suggestedName: string, text: string): Promise<Result<string | null>> {
  return request((bridge) => bridge.saveText(suggestedName, text))
}

/** Lets the user choose a text file with the given extension, and reads it. Returns null if they cancel. */
export function openText(extension: string): Promise<Result<{ name: string; text: string } | null>> {
  return request((bridge) => bridge.openText(extension))
}

/** Lets the user choose a CSV file to save, and starts exporting orders to it. Returns null if they cancel. */
export function exportOrders(suggestedName: string, list: ExportInput): Promise<Result<OrderJob | null>> {
  return request((bridge) => bridge.exportOrders(suggestedName, list))
}

/** Returns whether Ledgerdrop starts when the user logs in to the computer. If `isOn` is not null, changes this first. */
export function getOrSetStartAtLogin(isOn: boolean | null): Promise<Result<SessionStart>> {
  return request((bridge) => bridge.sessionStart(isOn))
}

/** Prints the window's content. */
export function printPage(): Promise<Result<null>> {
  return request((bridge) => bridge.printPage())
}

/** Shows a support bundle in the file manager. */
export function showSupportFile(fileName: string): Promise<Result<null>> {
  return request((bridge) => bridge.showSupportFile(fileName))
}

/** Opens the user's email program with a draft addressed to support. */
export function prepareMail(subject: string, text: string): Promise<Result<null>> {
  return request((bridge) => bridge.prepareMail(subject, text))
}

/** Opens the newer version's download page in the browser. */
export function openUpdatePage(): Promise<Result<null>> {
  return request((bridge) => bridge.openUpdatePage())
}

/** Opens a page of a store in the browser: an order's, a source's, or that of a sign-in that was begun. */
export function openStorePage(of: StorePageOf, id: number): Promise<Result<null>> {
  return request((bridge) => bridge.openStorePage(of, id))
}

/**
 * Calls the listener when the tray, the system menu or a notification opens a screen. Returns a function that removes
 * the listener.
 */
export function onNavigate(listener: (path: string) => void): () => void {
  return window.ledgerdrop?.onNavigate(listener) ?? (() => undefined)
}
