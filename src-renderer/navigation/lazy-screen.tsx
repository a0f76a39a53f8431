import { type ComponentType, lazy, useState } from 'react'

/** A screen whose code isn't part of the initial bundle. */
export interface LazyScreen<Props extends object> {
  Screen: ComponentType<Props>
  /** Prefetches the code, so that the screen opens without delay. */
  fetch: () => Promise<void>
}

/** Defines a screen in a separate chunk, so that it doesn't delay the first screen. */
export function lazyScreen<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyScreen<Props> {
  let loaded: ComponentType<Props> | null = null
  const get = async () => {
    loaded ??= await load()
    return { default: loaded }
  }
  const Lazy = lazy(get)
  function Screen(props: Props) {
    // Chosen once: a different component type would remount the screen.
    const [Chosen] = useState<ComponentType<Props>>(() => loaded ?? Lazy)
    return <Chosen {...props} />
  }
  return { Screen, fetch: async () => void (await get()) }
}

/** Prefetches screens one by one, whenever the window is idle. */
export function prefetchWhenIdle([next, ...rest]: readonly { fetch: () => Promise<void> }[]): void {
  if (next === undefined) return
  requestIdleCallback(() => {
    // A failed prefetch is tried again when the user opens the screen, and reported then.
    void next
      .fetch()
      .catch(() => undefined)
      .then(() => prefetchWhenIdle(rest))
  })
}
