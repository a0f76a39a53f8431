import { create } from 'zustand'
import type { Route } from './routes'

const MAX_PAST_SCREENS = 100

interface Navigation {
  route: Route
  past: Route[]
  future: Route[]
  /** The step that will be taken if the user agrees to discard unsaved changes; null if there is none. */
  pendingLeave: (() => void) | null
}

/** The current screen and the history. */
export const useNavigation = create<Navigation>(() => ({ route: { screen: 'orders' }, past: [], future: [], pendingLeave: null }))

let isGuarded = false

/** Sets whether Ledgerdrop asks for confirmation before the user leaves the screen. */
export function guardLeaving(isOn: boolean): void {
  isGuarded = isOn
}

/** Applies the user's answer: leave without saving, or stay. */
export function confirmLeaving(isLeaving: boolean): void {
  const { pendingLeave } = useNavigation.getState()
  useNavigation.setState({ pendingLeave: null })
  if (!isLeaving || pendingLeave === null) return
  isGuarded = false
  pendingLeave()
}

/** Takes a step that would discard unsaved changes. If there are any, asks for confirmation first. */
export function leaveSafely(step: () => void): void {
  if (isGuarded) useNavigation.setState({ pendingLeave: step })
  else step()
}

function isSame(left: Route, right: Route): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

/** Shows a screen. Does nothing if it is already shown. */
export function goTo(route: Route): void {
  if (isSame(useNavigation.getState().route, route)) return
  leaveSafely(() =>
    useNavigation.setState((current) => ({ route, past: [...current.past, current.route].slice(-MAX_PAST_SCREENS), future: [] })),
  )
}

/** Shows the previous screen, or `fallback` if there is none. */
export function goBack(fallback?: Route): void {
  if (fallback === undefined && useNavigation.getState().past.length === 0) return
  leaveSafely(() =>
    useNavigation.setState((current) => {
      const route = current.past.at(-1)
      if (route !== undefined) return { route, past: current.past.slice(0, -1), future: [current.route, ...current.future] }
      return fallback === undefined ? current : { route: fallback, past: [], future: [current.route] }
    }),
  )
}

/** Undoes `goBack`. */
export function goForward(): void {
  if (useNavigation.getState().future.length === 0) return
  leaveSafely(() =>
    useNavigation.setState((current) => {
      const [route, ...future] = current.future
      return route === undefined ? current : { route, past: [...current.past, current.route], future }
    }),
  )
}

/** Replaces the current screen in the history. If there are unsaved changes, asks for confirmation first. */
export function replaceScreen(route: Route): void {
  leaveSafely(() => replaceRoute(route))
}

/** Replaces the current screen in the history without asking for confirmation. */
export function replaceRoute(route: Route): void {
  useNavigation.setState({ route })
}

/** Handles Alt+Left, Alt+Right and the mouse's back and forward buttons. Returns a function that removes the listeners. */
export function listenForBackAndForward(): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.key === 'ArrowLeft') goBack()
    else if (event.key === 'ArrowRight') goForward()
    else return
    event.preventDefault()
  }
  const onMouse = (event: MouseEvent): void => {
    if (event.button === 3) goBack()
    else if (event.button === 4) goForward()
    else return
    event.preventDefault()
  }
  window.addEventListener('keydown', onKey)
  window.addEventListener('mouseup', onMouse)
  return () => {
    window.removeEventListener('keydown', onKey)
    window.removeEventListener('mouseup', onMouse)
  }
}
