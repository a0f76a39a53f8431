import type { EngineContext } from '../context'
import type { TaskWork } from './run-report'

/** The sync task Read Answers: looks what became of every dropped file. */
export function readAnswers(_engine: EngineContext): TaskWork {
  return async () => {}
}
