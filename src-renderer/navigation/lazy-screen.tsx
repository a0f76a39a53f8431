import { type ComponentType, lazy, useState } from 'react'

/** A screen whose code isn't part of the initial bundle. */
export interface LazyScreen<Props extends object> {
  Screen: ComponentType<Props>
  /** Prefetches the code, so that the screen opens without delay. */
  prefetch: () => Promise<void>
}

/** Defines a screen in a separate chunk, so that it doesn't delay the first screen. */
export function lazyScreen<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyScreen<Props> {
  let loaded: ComponentType<Props> | null = null
  const loadOnce = async () => {
    loaded ??= await load()
    return { default: loaded }
  }
  const Lazy = lazy(loadOnce)
  function Screen(props: Props) {
    // Set on the first render only: a different component type would remount the screen.
    const [Component] = useState<ComponentType<Props>>(() => loaded ?? Lazy)
    return <Component {...props} />
  }
  return { Screen, prefetch: async () => void (await loadOnce()) }
}

/** Prefetches screens one by one, when the window is idle. */
export function prefetchWhenIdle([next, ...rest]: readonly { prefetch: () => Promise<void> }[]): void {
  if (next === undefined) return
  requestIdleCallback(() => {
    // If a prefetch fails, the code is loaded again when the user opens the screen, and a failure is reported then.
    void next
      .prefetch()
      .catch(() => undefined)
      .then(() => prefetchWhenIdle(rest))
  })
}
