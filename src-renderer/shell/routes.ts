import { assertNever } from '../../src-shared/failure'
import { firstRunText } from '../text/first-run-text'
import { logText } from '../text/log-text'

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
  switch (route.screen) {
    case 'orders':
      return 'View Orders'
    case 'order':
      return 'Order Details'
    case 'sync-settings':
      return 'Sync Settings'
    case 'destination':
      return 'Destination'
    case 'codes':
      return 'Codes'
    case 'sync-status':
      return 'Sync Status'
    case 'sync-history':
      return 'Sync History'
    case 'run':
      return 'Run'
    case 'problems':
      return 'Problems'
    case 'settings':
      return 'Settings'
    case 'log':
      return logText.title
    case 'help':
      return 'Help'
    case 'guide':
      return firstRunText.title
    default:
      return assertNever(route)
  }
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
