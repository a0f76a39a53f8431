import { type ComponentType, lazy, useState } from 'react'

/** A screen that is fetched apart from the page's first code. */
export interface LateScreen<Props extends object> {
  Screen: ComponentType<Props>
  /** Fetches it ahead, so that it is there at once when somebody goes to it. */
  fetch: () => Promise<void>
}

/** A screen of its own chunk: what is not seen first does not hold up the first screen. */
export function lateScreen<Props extends object>(load: () => Promise<ComponentType<Props>>): LateScreen<Props> {
  let loaded: ComponentType<Props> | null = null
  const get = async () => {
    loaded ??= await load()
    return { default: loaded }
  }
  const Late = lazy(get)
  function Screen(props: Props) {
    // Chosen once: another kind of element in the same place would start the screen anew.
    const [Chosen] = useState<ComponentType<Props>>(() => loaded ?? Late)
    return <Chosen {...props} />
  }
  return { Screen, fetch: async () => void (await get()) }
}
