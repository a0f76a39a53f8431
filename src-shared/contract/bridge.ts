import type { Result } from '../failure'
import type { CommandInput, CommandName, CommandOutput } from './commands'
import type { EventName, Events } from './events'
import type { ExportInput, OrderJob } from './order-commands'

/** Whether Ledgerdrop starts in the tray when the user logs in. `unavailableReason`: why it can't; null if it can. */
export interface SessionStart {
  isOn: boolean
  unavailableReason: string | null
}

/** Whose page of a store to open: an order's, a source's, or that of a sign-in that was begun. */
export const STORE_PAGES = ['order', 'source', 'sign-in'] as const
export type StorePageOf = (typeof STORE_PAGES)[number]

/** `window.ledgerdrop` in the renderer. */
export interface Bridge {
  /** Runs a command in the engine. Never rejects; a failure is a value, not an exception. */
  invoke<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<Result<CommandOutput<Name>>>
  /** Calls the listener for every event of that name. Returns the function that removes it. */
  on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): () => void
  /**
   * Opens a folder known to the engine: a destination's or source's folder, the archive or the logs. Refuses any other.
   */
  openFolder(folder: string): Promise<Result<null>>
  /** Lets the user choose a folder. Returns null if they cancel. */
  chooseFolder(startIn: string): Promise<string | null>
  /** Lets the user choose where to save a text file, and saves it. Returns its path, or null if they cancel. */
  saveText(suggestedName: string, text: string): Promise<Result<string | null>>
  /** Lets the user choose a text file with that extension (`json`, `csv`) and reads it. Returns null if they cancel. */
  openText(extension: string): Promise<Result<{ name: string; text: string } | null>>
  /** Sets whether the page has unsaved changes. If so, the program asks before it quits. */
  setUnsaved(isUnsaved: boolean): Promise<void>
  /** Prints the window's content with the system's print dialog. */
  printPage(): Promise<Result<null>>
  /** Shows a support bundle in the file manager; `fileName` is relative to the workspace's support folder. */
  showSupportFile(fileName: string): Promise<Result<null>>
  /** Opens the user's mail program with a draft to the support address in the settings. Doesn't send it. */
  prepareMail(subject: string, text: string): Promise<Result<null>>
  /** Opens the newer version's download page in the browser. The engine provides the address; the window can't. */
  openUpdatePage(): Promise<Result<null>>
  /** Opens a store's page in the browser. The engine provides the address; the window only says whose page. */
  openStorePage(of: StorePageOf, id: number): Promise<Result<null>>
  /** Lets the user choose a CSV file, and starts exporting a list of orders to it. Returns null if they cancel. */
  exportOrders(suggestedName: string, list: ExportInput): Promise<Result<OrderJob | null>>
  /** Returns whether Ledgerdrop starts when the user logs in; `isOn` changes that first unless it is null. */
  sessionStart(isOn: boolean | null): Promise<Result<SessionStart>>
  /** Calls the listener when the tray, a menu or a notification is used to open a screen. */
  onNavigate(listener: (path: string) => void): () => void
}
