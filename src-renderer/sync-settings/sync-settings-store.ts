import { useEffect } from 'react'
import { create } from 'zustand'
import type { CodeFolders, CommandInput, SyncSettings } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { onRefresh } from '../client/refresh'

interface SyncSettingsState {
  settings: SyncSettings | null
  failure: Failure | null
}

/** Sources and destinations. */
export const useSyncSettings = create<SyncSettingsState>(() => ({ settings: null, failure: null }))

let reading: Promise<void> | null = null

/** Reads sources and destinations; while they are being read, that read serves whoever else asks. */
export function loadSyncSettings(): Promise<void> {
  reading ??= read().finally(() => {
    reading = null
  })
  return reading
}

async function read(): Promise<void> {
  const result = await call('settings.get', {})
  useSyncSettings.setState(result.ok ? { settings: result.value, failure: null } : { failure: result.error })
}

/** Sources and destinations for a screen that cannot do without: read when it comes up, if they are not there. */
export function useLoadedSyncSettings(): SyncSettingsState {
  useEffect(() => {
    if (useSyncSettings.getState().settings === null) void loadSyncSettings()
  }, [])
  return useSyncSettings()
}

/** Follows the engine's events. */
export function followSyncSettings(): void {
  on('settings.changed', (settings) => useSyncSettings.setState({ settings, failure: null }))
  onRefresh(loadSyncSettings)
}

/** Shows the settings that a change of them answers with; gives the failure where it is refused. */
async function change(answer: Promise<Result<SyncSettings>>): Promise<Failure | null> {
  const result = await answer
  if (!result.ok) return result.error
  useSyncSettings.setState({ settings: result.value, failure: null })
  return null
}

/** Saves a destination; gives the failure where it is refused. */
export function saveDestination(input: CommandInput<'settings.saveDestination'>): Promise<Failure | null> {
  return change(call('settings.saveDestination', input))
}

/** Saves a source; gives the failure where it is refused. */
export function saveSource(input: CommandInput<'settings.saveSource'>): Promise<Failure | null> {
  return change(call('settings.saveSource', input))
}

/** Goes back to how a destination was after a change; gives the failure where that is refused. */
export function restoreDestination(destinationId: number, changeId: number): Promise<Failure | null> {
  return change(call('settings.restoreDestination', { destinationId, changeId }))
}

/** Sets where lists of codes come in; gives the failure where that is refused. */
export function saveCodeFolders(folders: CodeFolders): Promise<Failure | null> {
  return change(call('settings.saveCodeFolders', folders))
}
