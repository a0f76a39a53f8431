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

/** Sync settings: sources, destinations and code folders. */
export const useSyncSettings = create<SyncSettingsState>(() => ({ settings: null, failure: null }))

let pendingRead: Promise<void> | null = null

/** Reads the sync settings. Concurrent calls share one request. */
export function loadSyncSettings(): Promise<void> {
  pendingRead ??= read().finally(() => {
    pendingRead = null
  })
  return pendingRead
}

async function read(): Promise<void> {
  const result = await call('settings.get', {})
  useSyncSettings.setState(result.ok ? { settings: result.value, failure: null } : { failure: result.error })
}

/** The sync settings. Reads them when the component mounts, unless they are loaded. */
export function useLoadedSyncSettings(): SyncSettingsState {
  useEffect(() => {
    if (useSyncSettings.getState().settings === null) void loadSyncSettings()
  }, [])
  return useSyncSettings()
}

/** Subscribes to the engine's events. */
export function followSyncSettings(): void {
  on('settings.changed', (settings) => useSyncSettings.setState({ settings, failure: null }))
  onRefresh(loadSyncSettings)
}

/** Stores the settings returned by a command that changes them. Returns the failure, or null. */
async function applyChange(response: Promise<Result<SyncSettings>>): Promise<Failure | null> {
  const result = await response
  if (!result.ok) return result.error
  useSyncSettings.setState({ settings: result.value, failure: null })
  return null
}

/** Saves a destination. Returns the failure, or null. */
export function saveDestination(input: CommandInput<'settings.saveDestination'>): Promise<Failure | null> {
  return applyChange(call('settings.saveDestination', input))
}

/** Saves a source. Returns the failure, or null. */
export function saveSource(input: CommandInput<'settings.saveSource'>): Promise<Failure | null> {
  return applyChange(call('settings.saveSource', input))
}

/** Adds or changes a source that is a store. Returns the failure, or null. */
export function saveStore(input: CommandInput<'stores.save'>): Promise<Failure | null> {
  return applyChange(call('stores.save', input))
}

/** Enters the key of a saved store again. Returns the failure, or null. */
export function enterStoreSecret(input: CommandInput<'stores.enterSecret'>): Promise<Failure | null> {
  return applyChange(call('stores.enterSecret', input))
}

/** Restores the settings that a destination had after an earlier change. Returns the failure, or null. */
export function restoreDestination(destinationId: number, changeId: number): Promise<Failure | null> {
  return applyChange(call('settings.restoreDestination', { destinationId, changeId }))
}

/** Saves the folders that code lists are imported from. Returns the failure, or null. */
export function saveCodeFolders(folders: CodeFolders): Promise<Failure | null> {
  return applyChange(call('settings.saveCodeFolders', folders))
}
