import { create } from 'zustand'
import type { CommandInput, LogEntry, LogLevel } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { trackLatestRequest } from '../client/track-latest-request'

/** The maximum number of entries shown. */
export const MAX_ENTRIES = 500

/** The filters of View Log. */
export type LogQuery = Omit<CommandInput<'log.list'>, 'limit'>

interface LogState {
  /** Null until the first response. */
  entries: LogEntry[] | null
  folder: string
  failure: Failure | null
  isReading: boolean
  /** The engine's log level; null until it is known. */
  level: LogLevel | null
}

/** The latest entries that match the filters of View Log, and the log level. */
export const useLog = create<LogState>(() => ({ entries: null, folder: '', failure: null, isReading: false, level: null }))

const startRequest = trackLatestRequest()

/** Reads the latest log entries that match the filters. */
export async function loadLog(query: LogQuery): Promise<void> {
  const isLatest = startRequest()
  useLog.setState({ isReading: true })
  const result = await call('log.list', { ...query, limit: MAX_ENTRIES })
  if (!isLatest()) return
  if (result.ok) useLog.setState({ ...result.value, failure: null, isReading: false })
  else useLog.setState({ failure: result.error, isReading: false })
}

/** Sets the log level. Returns the failure, or null. */
export async function setLogLevel(level: LogLevel): Promise<Failure | null> {
  const result = await call('log.setLevel', { level })
  if (!result.ok) return result.error
  useLog.setState({ level })
  return null
}

/** Subscribes to the engine's events. */
export function followLog(): void {
  on('logLevel.changed', ({ level }) => useLog.setState({ level }))
}
