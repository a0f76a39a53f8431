import type { Result } from '../failure'
import type { CommandInput, CommandName, CommandOutput } from './commands'
import type { EventName, Events } from './events'
import type { ExportInput, OrderJob } from './order-commands'

/** Whether Ledgerdrop starts with the session, minimised; `whyNot`: why this is not offered here. */
export interface SessionStart {
  isOn: boolean
  whyNot: string | null
}

/** What `window.ledgerdrop` is in the renderer. */
export interface Bridge {
  /** Runs a command in the engine. Resolves always; a failure is an answer, not an exception. */
  invoke<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<Result<CommandOutput<Name>>>
  /** Calls back for every event until the returned function is called. */
  on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): () => void
  /** Opens a folder that the engine knows: a destination's or source's, the archive, the logs. Anything else is refused. */
  openFolder(folder: string): Promise<Result<null>>
  /** Lets the person choose a folder; null when they cancel. */
  chooseFolder(startIn: string): Promise<string | null>
  /** Lets the person choose where to save a text file; gives its path, null when they cancel. The name is a suggestion. */
  saveText(suggestedName: string, text: string): Promise<Result<string | null>>
  /** Lets the person choose a text file of that extension (`json`, `csv`) and gives what it says; null when they cancel. */
  openText(extension: string): Promise<Result<{ name: string; text: string } | null>>
  /** Says whether something on the page is not saved: the program then asks before it ends. */
  setUnsaved(isUnsaved: boolean): Promise<void>
  /** Prints what the window shows, after the system's own dialog. */
  printPage(): Promise<Result<null>>
  /** Shows a support bundle in the file manager; `fileName` is a name within the workspace's support folder. */
  showSupportFile(fileName: string): Promise<Result<null>>
  /** Opens the person's mail program with a mail to the support address of the settings; nothing is sent. */
  prepareMail(subject: string, text: string): Promise<Result<null>>
  /** Opens the page of the newer version that the engine knows in the person's browser. Which page is not the window's to say. */
  openUpdatePage(): Promise<Result<null>>
  /** Lets the person choose where a list of orders is written as CSV, and begins to write it; null when they cancel. The name is a suggestion. */
  exportOrders(suggestedName: string, list: ExportInput): Promise<Result<OrderJob | null>>
  /** Whether Ledgerdrop starts with the session; true or false changes it first. */
  sessionStart(isOn: boolean | null): Promise<Result<SessionStart>>
  /** Calls back when the shell wants a screen shown (tray, menu, notification). */
  onNavigate(listener: (path: string) => void): () => void
}
