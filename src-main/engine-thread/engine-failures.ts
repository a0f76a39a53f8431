import type { Failure } from '../../src-shared/failure'

/** Answers that the shell gives in the engine's place. */
export const ENGINE_FAILURES = {
  /** The thread died; it is being started again. */
  restarting: {
    code: 'engine-stopped',
    message: 'The part of Ledgerdrop that reads and writes orders stopped unexpectedly.',
    remedy: 'It is being started again; try again in a moment. What was under way is completed by itself, and no order is sent twice.',
    action: 'wait for engine',
  },
  /** A restore was asked for. */
  restoring: {
    code: 'engine-stopped',
    message: 'The backup is being restored.',
    remedy: 'Wait a moment: Ledgerdrop goes on by itself.',
    action: 'wait for engine',
  },
  /** The thread died again and again. */
  gaveUp: {
    code: 'engine-stopped',
    message: 'The part of Ledgerdrop that reads and writes orders keeps stopping. No orders are read or written.',
    remedy: 'Quit Ledgerdrop and start it again. If it stops again, send the files in the log folder to your support.',
    action: 'wait for engine',
  },
  /** The thread hangs inside the system and cannot be ended. */
  hung: {
    code: 'engine-hung',
    message: 'The part of Ledgerdrop that reads and writes orders hangs, most likely at a drive that does not answer.',
    remedy:
      'Check the network drives. When they answer, it goes on by itself. Otherwise quit Ledgerdrop and start it again; no order is lost or sent twice.',
  },
  /** The program is being quit. */
  stopping: {
    code: 'engine-stopped',
    message: 'Ledgerdrop is closing.',
    remedy: 'Start Ledgerdrop again to go on.',
    action: 'wait for engine',
  },
  /** The workspace is still being opened when the time for an answer is over. */
  starting: {
    code: 'engine-starting',
    message: 'Ledgerdrop is still opening its workspace.',
    remedy: 'Wait a minute and try again. A large workspace takes longer after an update.',
  },
  /** No answer in time. The command may yet be carried out. */
  notAnswering: {
    code: 'engine-not-answering',
    message: 'Ledgerdrop has not answered within a minute.',
    remedy: 'Look whether the change has been made before you try again. If nothing answers, quit Ledgerdrop and start it again.',
  },
} as const satisfies Record<string, Failure>
