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
  remedy: 'Close Ledgerdrop and open it again. No order is lost: everything is kept in the workspace.',
  action: 'wait for engine',
}

function callFailed(error: unknown): Failure {
  const detail = errorMessage(error)
  return {
    code: 'call-failed',
    message: `Ledgerdrop did not answer this window (${detail}).`,
    remedy: 'Try again. If it happens again, close Ledgerdrop and open it again.',
  }
}

/** Makes a request of the bridge. A missing bridge and an exception become failures. */
async function ask<Value>(request: (bridge: Bridge) => Promise<Result<Value>>): Promise<Result<Value>> {
  const bridge = window.ledgerdrop
  if (bridge === undefined) return { ok: false, error: NOT_CONNECTED }
  try {
    return await request(bridge)
  } catch (error) {
    return { ok: false, error: callFailed(error) }
  }
}

/** Runs a command in the engine; never throws, a failure says what happened and what to do. */
export async function call<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<Result<CommandOutput<Name>>> {
  const result = await ask((bridge) => bridge.invoke(name, input))
  if (!result.ok && result.error.action === 'wait for engine') reportEngineStop(result.error)
  return result
}

/** Calls back for every event of that name until the returned function is called. */
export function on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): () => void {
  return window.ledgerdrop?.on(name, listener) ?? (() => undefined)
}

/** Says whether something on the page is not saved: the program then asks before it ends. */
export function reportUnsaved(isUnsaved: boolean): void {
  void window.ledgerdrop?.setUnsaved(isUnsaved)
}

/** Opens a folder that the engine knows in the system's file manager. */
export function openFolder(folder: string): Promise<Result<null>> {
  return ask((bridge) => bridge.openFolder(folder))
}

/** Lets the person choose a folder; null when they cancel. */
export function chooseFolder(startIn: string): Promise<Result<string | null>> {
  return ask(async (bridge) => ({ ok: true, value: await bridge.chooseFolder(startIn) }))
}

/** Lets the person choose where to save a text; gives the path, null when they cancel. */
export function saveText(suggestedName: string, text: string): Promise<Result<string | null>> {
  return ask((bridge) => bridge.saveText(suggestedName, text))
}

/** Lets the person choose a text file of that extension; null when they cancel. */
export function openText(extension: string): Promise<Result<{ name: string; text: string } | null>> {
  return ask((bridge) => bridge.openText(extension))
}

/** Lets the person choose where a list of orders is written as CSV, and begins to write it; null when they cancel. */
export function exportOrders(suggestedName: string, list: ExportInput): Promise<Result<OrderJob | null>> {
  return ask((bridge) => bridge.exportOrders(suggestedName, list))
}

/** Whether Ledgerdrop starts with the session; true or false changes it first. */
export function askSessionStart(isOn: boolean | null): Promise<Result<SessionStart>> {
  return ask((bridge) => bridge.sessionStart(isOn))
}

/** Prints what the window shows. */
export function printPage(): Promise<Result<null>> {
  return ask((bridge) => bridge.printPage())
}

/** Shows a support bundle in the system's file manager. */
export function showSupportFile(fileName: string): Promise<Result<null>> {
  return ask((bridge) => bridge.showSupportFile(fileName))
}

/** Opens the person's mail program with a mail to support. */
export function prepareMail(subject: string, text: string): Promise<Result<null>> {
  return ask((bridge) => bridge.prepareMail(subject, text))
}

/** Opens the page of the newer version in the person's browser. */
export function openUpdatePage(): Promise<Result<null>> {
  return ask((bridge) => bridge.openUpdatePage())
}

/** Calls back when the tray, the system menu or a notification wants a screen shown. */
export function onNavigate(listener: (path: string) => void): () => void {
  return window.ledgerdrop?.onNavigate(listener) ?? (() => undefined)
}
