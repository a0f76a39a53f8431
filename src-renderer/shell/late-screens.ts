import type { ComponentType } from 'react'
import { lateScreen } from './late-screen'

const fetches: (() => Promise<void>)[] = []

function late<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const { Screen, fetch } = lateScreen(load)
  fetches.push(fetch)
  return Screen
}

// Every screen but View Orders, with which the program starts, and those that guard the window.
export const OrderDetailsScreen = late(async () => (await import('../order-details/order-details-screen')).OrderDetailsScreen)
export const SyncStatusScreen = late(async () => (await import('../sync-status/sync-status-screen')).SyncStatusScreen)
export const ProblemsScreen = late(async () => (await import('../problems/problems-screen')).ProblemsScreen)
export const SyncHistoryScreen = late(async () => (await import('../sync-history/sync-history-screen')).SyncHistoryScreen)
export const RunScreen = late(async () => (await import('../sync-history/run-screen')).RunScreen)
export const SyncSettingsScreen = late(async () => (await import('../sync-settings/sync-settings-screen')).SyncSettingsScreen)
export const DestinationScreen = late(async () => (await import('../destination/destination-screen')).DestinationScreen)
export const CodesScreen = late(async () => (await import('../codes/codes-screen')).CodesScreen)
export const SettingsScreen = late(async () => (await import('../settings/settings-screen')).SettingsScreen)
export const LogScreen = late(async () => (await import('../log/log-screen')).LogScreen)
export const HelpScreen = late(async () => (await import('../help/help-screen')).HelpScreen)
export const GuideScreen = late(async () => (await import('../first-run/guide-screen')).GuideScreen)
export const RestorePage = late(async () => (await import('../backups/restore-page')).RestorePage)

/** Fetches the screens one by one, once the window has nothing else to do. */
export function fetchLateScreens(): void {
  const [next] = fetches.splice(0, 1)
  if (next === undefined) return
  requestIdleCallback(() => {
    // One that cannot be fetched now is tried again when somebody goes to it, and says then what is wrong.
    void next()
      .catch(() => undefined)
      .then(fetchLateScreens)
  })
}
