import { type ComponentType, lazy, useState } from 'react'

/** A screen that is fetched apart from the page's first code. */
export interface LazyScreen<Props extends object> {
  Screen: ComponentType<Props>
  /** Fetches it ahead, so that it is there at once when somebody goes to it. */
  fetch: () => Promise<void>
}

/** A screen of its own chunk: what is not seen first does not hold up the first screen. */
export function lazyScreen<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyScreen<Props> {
  let loaded: ComponentType<Props> | null = null
  const get = async () => {
    loaded ??= await load()
    return { default: loaded }
  }
  const Lazy = lazy(get)
  function Screen(props: Props) {
    // Chosen once: another kind of element in the same place would start the screen anew.
    const [Chosen] = useState<ComponentType<Props>>(() => loaded ?? Lazy)
    return <Chosen {...props} />
  }
  return { Screen, fetch: async () => void (await get()) }
}

/** Fetches screens one by one, whenever the window has nothing else to do. */
export function fetchWhenIdle([next, ...rest]: readonly { fetch: () => Promise<void> }[]): void {
  if (next === undefined) return
  requestIdleCallback(() => {
    // One that cannot be fetched now is tried again when somebody goes to it, and says then what is wrong.
    void next
      .fetch()
      .catch(() => undefined)
      .then(() => fetchWhenIdle(rest))
  })
}
