import { create } from 'zustand'
import type { Route } from './routes'

const MAX_STEPS = 100

interface Navigation {
  route: Route
  past: Route[]
  future: Route[]
  /** Where the person wanted to go while something was not saved; null where nothing is asked. */
  asked: (() => void) | null
}

/** Where the person is and where they came from. */
export const useNavigation = create<Navigation>(() => ({ route: { screen: 'orders' }, past: [], future: [], asked: null }))

let isGuarded = false

/** While on, every way out of the screen is asked about first. */
export function guardLeaving(isOn: boolean): void {
  isGuarded = isOn
}

/** The person's answer: leave without saving, or stay. */
export function answerLeaving(isLeaving: boolean): void {
  const { asked } = useNavigation.getState()
  useNavigation.setState({ asked: null })
  if (!isLeaving || asked === null) return
  isGuarded = false
  asked()
}

/** Does what would lose changes that are not saved, after asking where there are some. */
export function leaveSafely(step: () => void): void {
  if (isGuarded) useNavigation.setState({ asked: step })
  else step()
}

function isSame(left: Route, right: Route): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

/** Shows a screen; going where one is already changes nothing. */
export function goTo(route: Route): void {
  if (isSame(useNavigation.getState().route, route)) return
  leaveSafely(() => useNavigation.setState((at) => ({ route, past: [...at.past, at.route].slice(-MAX_STEPS), future: [] })))
}

/** Shows the screen before this one, or `otherwise` where there is none. */
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

/** Shows a screen in place of this one, after asking where something is not saved: Back leads to where one came from. */
export function goInstead(route: Route): void {
  leaveSafely(() => replaceRoute(route))
}

/** Shows a screen in place of this one: Back does not lead here. */
export function replaceRoute(route: Route): void {
  useNavigation.setState({ route })
}

/** Alt+Left and Alt+Right, and the mouse's back and forward buttons. Returns how to stop listening. */
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
