import { type ReactNode, useEffect, useRef } from 'react'

/** A screen's heading; takes the focus when the screen comes up, so that the keyboard starts at its top. */
export function ScreenTitle({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}

/** A scrolling screen with its heading and what stands beside it. */
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
