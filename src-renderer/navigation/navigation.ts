import { create } from 'zustand'
import type { Route } from './routes'

const MAX_STEPS = 100

interface Navigation {
  route: Route
  past: Route[]
  future: Route[]
  /** The step that waits until the user confirms leaving unsaved changes; null if none does. */
  pendingLeave: (() => void) | null
}

/** The current screen and the history. */
export const useNavigation = create<Navigation>(() => ({ route: { screen: 'orders' }, past: [], future: [], pendingLeave: null }))

let isGuarded = false

/** While on, Ledgerdrop asks before the user leaves the screen. */
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

/** Takes a step that would lose unsaved changes, after asking if there are any. */
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
  leaveSafely(() => useNavigation.setState((at) => ({ route, past: [...at.past, at.route].slice(-MAX_STEPS), future: [] })))
}

/** Shows the previous screen, or `otherwise` if there is none. */
export function goBack(otherwise?: Route): void {
  if (otherwise === undefined && useNavigation.getState().past.length === 0) return
  leaveSafely(() =>
    useNavigation.setState((at) => {
      const route = at.past.at(-1)
      if (route !== undefined) return { route, past: at.past.slice(0, -1), future: [at.route, ...at.future] }
      return otherwise === undefined ? at : { route: otherwise, past: [], future: [at.route] }
    }),
  )
}

/** Undoes `goBack`. */
export function goForward(): void {
  if (useNavigation.getState().future.length === 0) return
  leaveSafely(() =>
    useNavigation.setState((at) => {
      const [route, ...future] = at.future
      return route === undefined ? at : { route, past: [...at.past, at.route], future }
    }),
  )
}

/** Replaces the current screen in the history, after asking if there are unsaved changes. */
export function replaceScreen(route: Route): void {
  leaveSafely(() => replaceRoute(route))
}

/** Replaces the current screen in the history without asking. */
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
