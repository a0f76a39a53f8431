import './without-eval'
import { MantineProvider } from '@mantine/core'
import '@mantine/core/styles.css'
import { Notifications } from '@mantine/notifications'
import '@mantine/notifications/styles.css'
import './base.css'
import './widgets/forms.css'
import './widgets/widgets.css'
import { createRoot } from 'react-dom/client'
import { App, fetchLater } from './app'
import { on, onNavigate } from './client/client'
import { useEngineStop } from './client/engine-stop'
import { refresh } from './client/refresh'
import { offerGuide } from './first-run/guide-store'
import { goTo, listenForBackAndForward } from './navigation/navigation'
import { readOrdersAhead } from './order-list/orders-store'
import { followUpdates } from './program/updates-store'
import { followScreens, parseRoute } from './screens'
import { reportUse } from './session/report-use'
import { followSession, loadSession } from './session/session-store'
import { followSyncStatus } from './sync/sync-status-store'
import { cssVariables, theme } from './theme'
import { startClock } from './widgets/now'

/** Reads everything again; a page that shows that the engine has stopped starts anew instead. */
function readAgain(): void {
  if (useEngineStop.getState().failure === null) refresh()
  else window.location.reload()
}

followSyncStatus()
followUpdates()
followScreens()
followSession(() => {
  readAgain()
  void offerGuide()
})
// While the engine was away it sent no events.
on('engine.restarted', () => {
  void loadSession()
  readAgain()
})
listenForBackAndForward()
startClock()
onNavigate((path) => {
  const route = parseRoute(path)
  if (route !== null) goTo(route)
})
reportUse()
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
fetchLater()
