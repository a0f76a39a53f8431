import { shellText } from '../text/shell-text'

/** A screen and what it shows. */
export type Route =
  | { screen: 'orders' }
  | { screen: 'order'; orderId: number }
  | { screen: 'sync-settings' }
  /** Null: a new destination. */
  | { screen: 'destination'; destinationId: number | null }
  | { screen: 'codes' }
  | { screen: 'sync-status' }
  | { screen: 'sync-history'; task: string | null }
  | { screen: 'run'; runId: number }
  | { screen: 'problems' }
  | { screen: 'settings' }
  | { screen: 'log' }
  | { screen: 'help' }
  /** The guide of the first start. */
  | { screen: 'guide' }

/** What the window's title and the current place are called. */
export function routeTitle(route: Route): string {
  return shellText.titles[route.screen]
}

const PLACES: Readonly<Record<string, Route>> = {
  '/': { screen: 'orders' },
  '/orders': { screen: 'orders' },
  '/orders/sync-settings': { screen: 'sync-settings' },
  '/orders/codes': { screen: 'codes' },
  '/sync': { screen: 'sync-status' },
  '/sync/status': { screen: 'sync-status' },
  '/sync/history': { screen: 'sync-history', task: null },
  '/sync/problems': { screen: 'problems' },
  '/settings': { screen: 'settings' },
  '/settings/log': { screen: 'log' },
  '/help': { screen: 'help' },
  '/guide': { screen: 'guide' },
}

/** Every path that shows a screen by itself, without an order or a destination. */
export const SCREEN_PATHS: readonly string[] = Object.keys(PLACES)

/** The route of a path such as `/sync/status` or `/orders/12` that the shell asks for; null where there is no such screen. */
export function parseRoute(path: string): Route | null {
  const order = /^\/orders\/(\d{1,15})$/.exec(path)
  if (order !== null) return { screen: 'order', orderId: Number(order[1]) }
  return Object.hasOwn(PLACES, path) ? (PLACES[path] ?? null) : null
}
