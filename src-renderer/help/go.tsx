import type { ReactNode } from 'react'
import { goTo } from '../navigation/navigation'
import type { Route } from '../navigation/routes'

/** A place that Help names, as a link to it. */
export function Go({ to, children }: { to: Route; children: ReactNode }) {
  return (
    <button type="button" className="link-button" onClick={() => goTo(to)}>
      {children}
    </button>
  )
}
