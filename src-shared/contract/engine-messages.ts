import type { Failure, Result } from '../failure'
import type { WebAnswer, WebRequest } from '../web-request'
import type { EventMessage } from './events'
import type { SyncTaskName } from './sync-commands'

/** Messages to the engine thread. */
export type EngineRequest =
  /** A command from the window runs as the person signed in there; any other comes from the shell (tray, menus). */
  | { kind: 'command'; id: number; name: string; input: unknown; isFromWindow: boolean }
  /** The system key store's answer to a `secret` request; null if it can't seal or open the text. */
  | { kind: 'secret'; id: number; text: string | null }
  /** The result of a web request made for the engine. */
  | { kind: 'read'; id: number; answer: WebAnswer }
  /** Checks that the thread responds; answered with `pong`. */
  | { kind: 'ping' }
  | { kind: 'stop' }

/** Messages from the engine thread. */
export type EngineMessage =
  | { kind: 'ready' }
  /**
   * If the failure's action is `restore`, the thread accepts backup commands and app.about; any other command retries
   * the start.
   */
  | { kind: 'failed'; failure: Failure }
  /** A restore is prepared. Restarting the thread carries it out. */
  | { kind: 'restart' }
  | { kind: 'answer'; id: number; result: Result<unknown> }
  | { kind: 'event'; message: EventMessage; isForWindow: boolean }
  /** Asks the shell to seal or open a string, or to say why this computer can't seal strings. */
  | { kind: 'secret'; id: number; what: 'seal' | 'open' | 'whyNot'; text: string }
  /** Asks the shell to make a web request. */
  | { kind: 'read'; id: number; request: WebRequest }
  /** Asks the shell to cancel a web request whose answer is no longer needed. */
  | { kind: 'endRead'; id: number }
  /** The answer to `ping`: the thread is processing its messages. */
  | { kind: 'pong' }
  /** A run hangs and can't be stopped, so the thread has to be restarted. */
  | { kind: 'hung'; task: SyncTaskName }
  | { kind: 'stopped' }

/** Start options of the engine thread. */
export interface EngineStart {
  workspaceFolder: string
  version: string
  /** The computer's user. The shell's commands are recorded under this name; so are the window's, as long as there are no staff members. */
  actor: string
  /** Creates a workspace with sample orders if there is none. */
  withSamples: boolean
  /** Only in tests of the real program: element 0 is how many milliseconds the engine's clock runs ahead. */
  clockAhead?: Float64Array
}
