import { Suspense, useEffect, useRef } from 'react'
import { useEngineStop } from './client/engine-stop'
import { lazyScreen, prefetchWhenIdle } from './navigation/lazy-screen'
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

/** Prefetches the code of the other screens, one by one, when the window is idle. */
export function prefetchScreens(): void {
  prefetchWhenIdle([...lazyScreens(), restorePage])
}

/** The window's content. */
export function App() {
  const route = useNavigation((state) => state.route)
  const session = useSession((state) => state.session)
  const engineFailure = useEngineStop((state) => state.failure)
  const main = useRef<HTMLElement>(null)

  useEffect(() => {
    document.title = `${SCREENS[route.screen].title} - Ledgerdrop`
    main.current?.scrollTo({ top: 0 })
  }, [route])

  if (engineFailure !== null) {
    return (
      <Suspense>
        {engineFailure.action === 'restore' ? <restorePage.Screen failure={engineFailure} /> : <EngineStopped failure={engineFailure} />}
      </Suspense>
    )
  }
  if (session === null) return <Opening />
  if (session.state === 'signed out') return <SignInPage />
  const isLocked = session.state === 'locked'
  return (
    <>
      {isLocked && <LockPage name={session.name} />}
      {/* Hidden, not unmounted, so that text typed before the window was locked is still there after unlocking. */}
      <div className="shell" hidden={isLocked}>
        <MenuBar />
        <div>
          <HealthLine />
          <UpdateLine />
        </div>
        <main ref={main}>
          <CrashPage screen={JSON.stringify(route)}>
            <Suspense>
              <CurrentScreen route={route} />
            </Suspense>
          </CrashPage>
          {/* Dialogs are rendered here, so that their headings are inside the main landmark. */}
          <div id="dialogs" />
          <LeaveDialog />
        </main>
      </div>
    </>
  )
}
