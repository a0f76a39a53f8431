import './without-eval'
import { MantineProvider } from '@mantine/core'
import '@mantine/core/styles.css'
import { Notifications } from '@mantine/notifications'
import '@mantine/notifications/styles.css'
import './base.css'
import './widgets/forms.css'
import './widgets/widgets.css'
import { createRoot } from 'react-dom/client'
import { App, prefetchScreens } from './app'
import { on, onNavigate } from './client/client'
import { useEngineStop } from './client/engine-stop'
import { refresh } from './client/refresh'
import { offerGuide } from './first-run/guide-store'
import { goTo, listenForBackAndForward } from './navigation/navigation'
import { preloadOrders } from './order-list/orders-store'
import { followUpdates } from './program/updates-store'
import { followScreens, parseRoute } from './screens'
import { reportActivity } from './session/report-activity'
import { followSession, loadSession } from './session/session-store'
import { followSyncStatus } from './sync/sync-status-store'
import { cssVariables, theme } from './theme'
import { startClock } from './widgets/now'

/** Reloads all data. If the window shows that the engine has stopped, reloads the whole page instead. */
function reloadAll(): void {
  if (useEngineStop.getState().failure === null) refresh()
  else window.location.reload()
}

followSyncStatus()
followUpdates()
followScreens()
followSession(() => {
  reloadAll()
  void offerGuide()
})
// The engine published no events while it was stopped.
on('engine.restarted', () => {
  void loadSession()
  reloadAll()
})
listenForBackAndForward()
startClock()
onNavigate((path) => {
  const route = parseRoute(path)
  if (route !== null) goTo(route)
})
reportActivity()
void loadSession()
void preloadOrders()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <App />
    <Notifications position="bottom-right" />
  </MantineProvider>,
)
prefetchScreens()
