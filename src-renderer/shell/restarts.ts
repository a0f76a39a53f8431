import { on, useEngineStop } from '../client'
import { loadCodes, useCodes } from '../codes/codes-store'
import { openOrder, useOrderDetails } from '../order-details/order-details-store'
import { loadJob } from '../orders/order-job-store'
import { loadOrders, useOrders } from '../orders/orders-store'
import { loadProblems, useProblems } from '../problems/problems-store'
import { loadSession } from '../session/session-store'
import { loadRuns, useSyncHistory } from '../sync-history/sync-history-store'
import { loadSyncSettings } from '../sync-settings/sync-settings-store'
import { loadSyncStatus } from '../sync-status/sync-status-store'
import { loadUpdates } from '../updates/updates-store'

/** Reads again what the screens show; what a person has typed stays. */
export function readAgain(): void {
  if (useEngineStop.getState().failure !== null) {
    window.location.reload()
    return
  }
  void loadSyncStatus()
  void loadJob()
  void loadSyncSettings()
  void loadUpdates()
  if (useOrders.getState().isLoaded) void loadOrders()
  if (useProblems.getState().list !== null) void loadProblems()
  if (useCodes.getState().rows !== null) void loadCodes()
  const { runs, task } = useSyncHistory.getState()
  if (runs !== null) void loadRuns(task)
  const { orderId } = useOrderDetails.getState()
  if (orderId !== null) void openOrder(orderId)
}

/** While the engine was away no event was told: when it is back, everything shown is read again. */
export function followRestarts(): void {
  on('engine.restarted', () => {
    void loadSession()
    readAgain()
  })
}
