import { Suspense, useEffect, useRef } from 'react'
import { useEngineStop } from './client/engine-stop'
import { fetchWhenIdle, lazyScreen } from './navigation/lazy-screen'
import { useNavigation } from './navigation/navigation'
import type { Route, ScreenName } from './navigation/routes'
import { OrdersScreen } from './orders/orders-screen'
import { UpdateLine } from './program/update-line'
import { lazyScreens, SCREENS } from './screens'
import { LockPage } from './session/lock-page'
import { useSession } from './session/session-store'
import { SignInPage } from './session/sign-in-page'
import { CrashPage } from './shell/crash-page'
import { EngineStopped } from './shell/engine-stopped'
import { HealthLine } from './shell/health-line'
import { LeaveDialog } from './shell/leave-dialog'
import { MenuBar } from './shell/menu-bar'
import { Opening } from './shell/opening'
import './shell/shell.css'

function CurrentScreen<Name extends ScreenName>({ route }: { route: Route<Name> }) {
  const { lazy } = SCREENS[route.screen]
  if (lazy === null) return <OrdersScreen />
  return <lazy.Screen key={JSON.stringify(route)} route={route} />
}

const restorePage = lazyScreen(async () => (await import('./backups/restore-page')).RestorePage)

/** Fetches what the window shows later, screen by screen, once it has nothing else to do. */
export function fetchLater(): void {
  fetchWhenIdle([...lazyScreens(), restorePage])
}

/** The window's content. */
export function App() {
  const route = useNavigation((state) => state.route)
  const session = useSession((state) => state.session)
  const stop = useEngineStop((state) => state.failure)
  const place = useRef<HTMLElement>(null)

  useEffect(() => {
    document.title = `${SCREENS[route.screen].title} - Ledgerdrop`
    place.current?.scrollTo({ top: 0 })
  }, [route])

  if (stop !== null) {
    return <Suspense>{stop.action === 'restore' ? <restorePage.Screen failure={stop} /> : <EngineStopped failure={stop} />}</Suspense>
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
