import { type ReactNode, useEffect, useRef } from 'react'

/** A screen's heading. It takes the focus when the screen opens, so that keyboard navigation starts at the top. */
export function ScreenTitle({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}

/** A scrolling screen with a heading and, next to it, optional actions. */
export function Screen({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className="screen">
      <div className="screen-head">
        <ScreenTitle>{title}</ScreenTitle>
        {actions}
      </div>
      {children}
    </div>
  )
}
