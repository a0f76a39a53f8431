import type { Failure } from '../../src-shared/failure'

/** Failures that the shell returns on behalf of the engine. */
export const ENGINE_FAILURES = {
  /** The thread crashed and is being restarted. */
  restarting: {
    code: 'engine-stopped',
    message: 'The part of Ledgerdrop that reads and writes orders stopped unexpectedly.',
    remedy: 'It is restarting. Try again in a moment. Unfinished work is completed automatically, and no order is sent twice.',
    action: 'wait for engine',
  },
  /** A restore was requested. */
  restoring: {
    code: 'engine-stopped',
    message: 'The backup is being restored.',
    remedy: 'Wait a moment. Ledgerdrop continues automatically.',
    action: 'wait for engine',
  },
  /** The thread crashed repeatedly. */
  gaveUp: {
    code: 'engine-stopped',
    message: 'The part of Ledgerdrop that reads and writes orders keeps stopping. No orders are read or written.',
    remedy: 'Quit Ledgerdrop and start it again. If it stops again, send the files in the log folder to support.',
    action: 'wait for engine',
  },
  /** The thread hangs inside a system call and can't be terminated. */
  hung: {
    code: 'engine-hung',
    message: 'The part of Ledgerdrop that reads and writes orders is not responding, most likely because a drive is not responding.',
    remedy:
      'Check the network drives. When they respond, Ledgerdrop continues automatically. Otherwise quit Ledgerdrop and start it again. No order is lost or sent twice.',
  },
  /** The program is being quit. */
  stopping: {
    code: 'engine-stopped',
    message: 'Ledgerdrop is closing.',
    remedy: 'Start Ledgerdrop again to continue.',
    action: 'wait for engine',
  },
  /** The workspace was still being opened when the time limit for an answer passed. */
  starting: {
    code: 'engine-starting',
    message: 'Ledgerdrop is still opening its workspace.',
    remedy: 'Wait a minute and try again. A large workspace takes longer after an update.',
  },
  /** No answer in time. The command may still be carried out. */
  notAnswering: {
    code: 'engine-not-answering',
    message: 'Ledgerdrop did not respond within a minute.',
    remedy: 'Check whether the change was made before you try again. If Ledgerdrop is still not responding, quit it and start it again.',
  },
} as const satisfies Record<string, Failure>
