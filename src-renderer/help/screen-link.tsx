import type { ReactNode } from 'react'
import { goTo } from '../navigation/navigation'
import type { Route } from '../navigation/routes'

/** A link to another screen. */
export function ScreenLink({ to, children }: { to: Route; children: ReactNode }) {
  return (
    <button type="button" className="link-button" onClick={() => goTo(to)}>
      {children}
    </button>
  )
}
