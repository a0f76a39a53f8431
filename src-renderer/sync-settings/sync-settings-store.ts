import { create } from 'zustand'
import type { CodeFolders, CommandInput, SyncSettings } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { onRefresh } from '../client/refresh'

interface SyncSettingsState {
  settings: SyncSettings | null
  failure: Failure | null
}

/** Sources and destinations. */
export const useSyncSettings = create<SyncSettingsState>(() => ({ settings: null, failure: null }))

/** Reads sources and destinations. */
export async function loadSyncSettings(): Promise<void> {
  const result = await call('settings.get', {})
  useSyncSettings.setState(result.ok ? { settings: result.value, failure: null } : { failure: result.error })
}

/** Follows the engine's events. */
export function followSyncSettings(): void {
  on('settings.changed', (settings) => useSyncSettings.setState({ settings, failure: null }))
  onRefresh(loadSyncSettings)
}

/** Saves a destination; gives the failure where it is refused. */
export async function saveDestination(input: CommandInput<'settings.saveDestination'>): Promise<Failure | null> {
  const result = await call('settings.saveDestination', input)
  if (!result.ok) return result.error
  useSyncSettings.setState({ settings: result.value, failure: null })
  return null
}

/** Saves a source; gives the failure where it is refused. */
export async function saveSource(input: CommandInput<'settings.saveSource'>): Promise<Failure | null> {
  const result = await call('settings.saveSource', input)
  if (!result.ok) return result.error
  useSyncSettings.setState({ settings: result.value, failure: null })
  return null
}

/** Goes back to how a destination was after a change; gives the failure where that is refused. */
export async function restoreDestination(destinationId: number, changeId: number): Promise<Failure | null> {
  const result = await call('settings.restoreDestination', { destinationId, changeId })
  if (!result.ok) return result.error
  useSyncSettings.setState({ settings: result.value, failure: null })
  return null
}

/** Sets where lists of codes come in; gives the failure where that is refused. */
export async function saveCodeFolders(folders: CodeFolders): Promise<Failure | null> {
  const result = await call('settings.saveCodeFolders', folders)
  if (!result.ok) return result.error
  useSyncSettings.setState({ settings: result.value, failure: null })
  return null
}
