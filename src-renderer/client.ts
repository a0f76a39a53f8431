import { create } from 'zustand'
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
} from '../src-shared/contract'
import type { Failure, Result } from '../src-shared/failure'

declare global {
  interface Window {
    ledgerdrop?: Bridge
  }
}

const NOT_CONNECTED: Failure = {
  code: 'not-connected',
  message: 'This window is not connected to Ledgerdrop.',
  remedy: 'Close Ledgerdrop and open it again. No order is lost: everything is kept in the workspace.',
}

/** Set once the engine has stopped: nothing works until it runs again. */
export const useEngineStop = create<{ failure: Failure | null }>(() => ({ failure: null }))

/** Shows the full-page message that the engine cannot work. */
export function reportEngineStop(failure: Failure): void {
  useEngineStop.setState({ failure })
}

function broken(error: unknown): Failure {
  const detail = error instanceof Error ? error.message : String(error)
  return {
    code: 'call-failed',
    message: `Ledgerdrop did not answer this window (${detail}).`,
    remedy: 'Try again. If it happens again, close Ledgerdrop and open it again.',
  }
}

/** Runs a command in the engine; never throws, a failure says what happened and what to do. */
export async function call<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<Result<CommandOutput<Name>>> {
  const bridge = window.ledgerdrop
  if (bridge === undefined) {
    reportEngineStop(NOT_CONNECTED)
    return { ok: false, error: NOT_CONNECTED }
  }
  try {
    const result = await bridge.invoke(name, input)
    if (!result.ok && result.error.code === 'engine-stopped') reportEngineStop(result.error)
    return result
  } catch (error) {
    return { ok: false, error: broken(error) }
  }
}

/** Calls back for every event of that name until the returned function is called. */
export function on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): () => void {
  return window.ledgerdrop?.on(name, listener) ?? (() => undefined)
}

/** Says whether something on the page is not saved: the program then asks before it ends. */
export function sayUnsaved(isUnsaved: boolean): void {
  void window.ledgerdrop?.setUnsaved(isUnsaved)
}

/** Opens a folder that the engine knows in the system's file manager. */
export async function openFolder(folder: string): Promise<Result<null>> {
  const bridge = window.ledgerdrop
  if (bridge === undefined) return { ok: false, error: NOT_CONNECTED }
  try {
    return await bridge.openFolder(folder)
  } catch (error) {
    return { ok: false, error: broken(error) }
  }
}

/** Lets the person choose a folder; null when they cancel. */
export async function chooseFolder(startIn: string): Promise<Result<string | null>> {
  const bridge = window.ledgerdrop
  if (bridge === undefined) return { ok: false, error: NOT_CONNECTED }
  try {
    return { ok: true, value: await bridge.chooseFolder(startIn) }
  } catch (error) {
    return { ok: false, error: broken(error) }
  }
}

/** Lets the person choose where to save a text; gives the path, null when they cancel. */
export async function saveText(suggestedName: string, text: string): Promise<Result<string | null>> {
  const bridge = window.ledgerdrop
  if (bridge === undefined) return { ok: false, error: NOT_CONNECTED }
  try {
    return await bridge.saveText(suggestedName, text)
  } catch (error) {
    return { ok: false, error: broken(error) }
  }
}

/** Lets the person choose where a list of orders is written as CSV, and begins to write it; null when they cancel. */
export async function exportOrders(suggestedName: string, list: ExportInput): Promise<Result<OrderJob | null>> {
  const bridge = window.ledgerdrop
  if (bridge === undefined) return { ok: false, error: NOT_CONNECTED }
  try {
    return await bridge.exportOrders(suggestedName, list)
  } catch (error) {
    return { ok: false, error: broken(error) }
  }
}

/** Whether Ledgerdrop starts with the session; true or false changes it first. */
export async function askSessionStart(isOn: boolean | null): Promise<Result<SessionStart>> {
  const bridge = window.ledgerdrop
  if (bridge === undefined) return { ok: false, error: NOT_CONNECTED }
  try {
    return await bridge.sessionStart(isOn)
  } catch (error) {
    return { ok: false, error: broken(error) }
  }
}

/** Lets the person choose a text file of that extension; null when they cancel. */
export async function openText(extension: string): Promise<Result<{ name: string; text: string } | null>> {
  const bridge = window.ledgerdrop
  if (bridge === undefined) return { ok: false, error: NOT_CONNECTED }
  try {
    return await bridge.openText(extension)
  } catch (error) {
    return { ok: false, error: broken(error) }
  }
}

async function ask(question: (bridge: Bridge) => Promise<Result<null>>): Promise<Result<null>> {
  const bridge = window.ledgerdrop
  if (bridge === undefined) return { ok: false, error: NOT_CONNECTED }
  try {
    return await question(bridge)
  } catch (error) {
    return { ok: false, error: broken(error) }
  }
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
