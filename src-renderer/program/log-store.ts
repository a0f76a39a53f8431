import { create } from 'zustand'
import type { CommandInput, LogEntry, LogLevel } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { latestRequest } from '../client/latest-request'

/** Lines that are shown at most. */
export const MAX_LINES = 500

/** What is asked for. */
export type LogQuery = Omit<CommandInput<'log.list'>, 'limit'>

interface LogState {
  /** Null until the first answer. */
  entries: LogEntry[] | null
  folder: string
  failure: Failure | null
  isReading: boolean
  /** How much is written; null until it is known. */
  level: LogLevel | null
}

/** The log's newest lines that pass the filter. */
export const useLog = create<LogState>(() => ({ entries: null, folder: '', failure: null, isReading: false, level: null }))

const startRequest = latestRequest()

/** Reads the newest lines. */
export async function loadLog(question: LogQuery): Promise<void> {
  const isLatest = startRequest()
  useLog.setState({ isReading: true })
  const result = await call('log.list', { ...question, limit: MAX_LINES })
  if (!isLatest()) return
  if (result.ok) useLog.setState({ ...result.value, failure: null, isReading: false })
  else useLog.setState({ failure: result.error, isReading: false })
}

/** Changes how much is written; gives the refusal. */
export async function setLogLevel(level: LogLevel): Promise<Failure | null> {
  const result = await call('log.setLevel', { level })
  if (!result.ok) return result.error
  useLog.setState({ level })
  return null
}

/** Follows the engine's events. */
export function followLog(): void {
  on('logLevel.changed', ({ level }) => useLog.setState({ level }))
}
