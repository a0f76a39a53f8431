import type { Failure, Result } from '../failure'
import type { WebAnswer, WebRequest } from '../web-request'
import type { EventMessage } from './events'
import type { SyncTaskName } from './sync-commands'

/** To the engine thread. */
export type EngineRequest =
  /** From the window: given by whoever is signed in there. Else the shell's own (tray, menus). */
  | { kind: 'command'; id: number; name: string; input: unknown; isFromWindow: boolean }
  /** What the shell's keeper of secrets says; null where it cannot. */
  | { kind: 'secret'; id: number; text: string | null }
  /** How a request of the engine's ended. */
  | { kind: 'read'; id: number; answer: WebAnswer }
  /** Asks for a sign of life. */
  | { kind: 'ping' }
  | { kind: 'stop' }

/** From the engine thread. */
export type EngineMessage =
  | { kind: 'ready' }
  /** With the action `restore` the thread stays, and takes the commands of backups, app.about, and every other one to try again. */
  | { kind: 'failed'; failure: Failure }
  /** A restore is ready: the thread is to be started afresh, which carries it out. */
  | { kind: 'restart' }
  | { kind: 'answer'; id: number; result: Result<unknown> }
  | { kind: 'event'; message: EventMessage; isForWindow: boolean }
  /** Asks the shell to seal or open a text, or why it cannot seal on this computer. */
  | { kind: 'secret'; id: number; what: 'seal' | 'open' | 'whyNot'; text: string }
  /** Asks the shell to make a request, … */
  | { kind: 'read'; id: number; request: WebRequest }
  /** … and to end it: nobody waits for its answer any more. */
  | { kind: 'endRead'; id: number }
  /** The sign of life: the thread comes round to its messages. */
  | { kind: 'pong' }
  /** A run hangs and cannot be ended: the thread has to be ended and started afresh. */
  | { kind: 'hung'; task: SyncTaskName }
  | { kind: 'stopped' }

/** What the engine thread is started with. */
export interface EngineStart {
  workspaceFolder: string
  version: string
  /** The computer's user: who the shell's own commands are recorded under, and the window's while there are no staff members. */
  actor: string
  /** Makes a workspace with sample orders where there is none. */
  withSamples: boolean
  /** Only in tests of the real program: by how many milliseconds, in its one place, the engine's clock is ahead. */
  clockAhead?: Float64Array
}
