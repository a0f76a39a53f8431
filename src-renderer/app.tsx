import { Suspense, useEffect, useRef } from 'react'
import { assertNever } from '../src-shared/failure'
import { useEngineStop } from './client'
import { OrdersScreen } from './orders/orders-screen'
import { LockPage } from './session/lock-page'
import { useSession } from './session/session-store'
import { SignInPage } from './session/sign-in-page'
import { CrashPage } from './shell/crash-page'
import { EngineStopped } from './shell/engine-stopped'
import { HealthLine } from './shell/health-line'
import {
  CodesScreen,
  DestinationScreen,
  GuideScreen,
  HelpScreen,
  LogScreen,
  OrderDetailsScreen,
  ProblemsScreen,
  RestorePage,
  RunScreen,
  SettingsScreen,
  SyncHistoryScreen,
  SyncSettingsScreen,
  SyncStatusScreen,
} from './shell/late-screens'
import { LeaveDialog } from './shell/leave-dialog'
import { MenuBar } from './shell/menu-bar'
import { useNavigation } from './shell/navigation'
import { Opening } from './shell/opening'
import { type Route, routeTitle } from './shell/routes'
import { UpdateLine } from './updates/update-line'
import './shell/shell.css'

function CurrentScreen({ route }: { route: Route }) {
  switch (route.screen) {
    case 'orders':
      return <OrdersScreen />
    case 'order':
      return <OrderDetailsScreen key={route.orderId} orderId={route.orderId} />
    case 'sync-settings':
      return <SyncSettingsScreen />
    case 'destination':
      return <DestinationScreen key={route.destinationId} destinationId={route.destinationId} />
    case 'codes':
      return <CodesScreen />
    case 'sync-status':
      return <SyncStatusScreen />
    case 'sync-history':
      return <SyncHistoryScreen key={route.task} task={route.task} />
    case 'run':
      return <RunScreen key={route.runId} runId={route.runId} />
    case 'problems':
      return <ProblemsScreen />
    case 'settings':
      return <SettingsScreen />
    case 'log':
      return <LogScreen />
    case 'guide':
      return <GuideScreen />
    case 'help':
      return <HelpScreen />
    default:
      return assertNever(route)
  }
}

/** Why the engine does not start, where a restore mends it. */
const RESTORABLE: ReadonlySet<string> = new Set(['database-damaged', 'database-missing', 'migration-failed'])

/** The window's content. */
export function App() {
  const route = useNavigation((state) => state.route)
  const session = useSession((state) => state.session)
  const stop = useEngineStop((state) => state.failure)
  const place = useRef<HTMLElement>(null)

  useEffect(() => {
    document.title = `${routeTitle(route)} - Ledgerdrop`
    place.current?.scrollTo({ top: 0 })
  }, [route])

  if (stop !== null) {
    const isRestorable = RESTORABLE.has(stop.code)
    return <Suspense>{isRestorable ? <RestorePage failure={stop} /> : <EngineStopped failure={stop} />}</Suspense>
  }
  if (session === null) return <Opening />
  if (session.state === 'signed out') return <SignInPage />
  const isLocked = session.state === 'locked'
  return (
    <>
      {isLocked && <LockPage name={session.name} />}
      {/* Hidden, not gone: what a person has typed is there after the lock. */}
      <div className="shell" hidden={isLocked}>
        <MenuBar />
        <div>
          <HealthLine />
          <UpdateLine />
        </div>
        <main ref={place}>
          <CrashPage place={JSON.stringify(route)}>
            <Suspense>
              <CurrentScreen route={route} />
            </Suspense>
          </CrashPage>
          {/* Dialogs are drawn here, so that their headings lie within the main landmark. */}
          <div id="dialogs" />
          <LeaveDialog />
        </main>
      </div>
    </>
  )
}
