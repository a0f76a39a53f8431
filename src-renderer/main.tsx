import './without-eval'
import { MantineProvider } from '@mantine/core'
import '@mantine/core/styles.css'
import { Notifications } from '@mantine/notifications'
import '@mantine/notifications/styles.css'
import './base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { onNavigate } from './client'
import { followCodes } from './codes/codes-store'
import { offerGuide } from './first-run/guide-store'
import { followLog } from './log/log-store'
import { followOrderDetails } from './order-details/order-details-store'
import { followOrderJobs } from './orders/order-job-store'
import { followOrders, readOrdersAhead } from './orders/orders-store'
import { followProblems } from './problems/problems-store'
import { followSession, loadSession } from './session/session-store'
import { tellUse } from './session/tell-use'
import { fetchLateScreens } from './shell/late-screens'
import { goTo, listenForBackAndForward } from './shell/navigation'
import { startClock } from './shell/now'
import { followRestarts, readAgain } from './shell/restarts'
import { parseRoute } from './shell/routes'
import { followRunLog } from './sync-history/run-log-store'
import { followSyncHistory } from './sync-history/sync-history-store'
import { followSyncSettings } from './sync-settings/sync-settings-store'
import { followActivity } from './sync-status/activity-store'
import { followSyncStatus } from './sync-status/sync-status-store'
import { cssVariables, theme } from './theme'
import { followUpdates } from './updates/updates-store'

followOrders()
followOrderJobs()
followOrderDetails()
followSyncStatus()
followSyncHistory()
followActivity()
followRunLog()
followProblems()
followSyncSettings()
followCodes()
followLog()
followUpdates()
followSession(() => {
  readAgain()
  void offerGuide()
})
followRestarts()
listenForBackAndForward()
startClock()
onNavigate((path) => {
  const route = parseRoute(path)
  if (route !== null) goTo(route)
})
tellUse()
void loadSession()
void readOrdersAhead()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <App />
    <Notifications position="bottom-right" />
  </MantineProvider>,
)
fetchLateScreens()
