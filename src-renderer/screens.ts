import { followCodes } from './codes/codes-store'
import { type LazyScreen, lazyScreen } from './navigation/lazy-screen'
import type { Route, ScreenName } from './navigation/routes'
import { followOrderDetails } from './order-details/order-details-store'
import { followOrders } from './order-list/orders-store'
import { followOrderJobs } from './orders/order-job-store'
import { followProblems } from './problems/problems-store'
import { followLog } from './program/log-store'
import { followRunLog } from './sync-history/run-log-store'
import { followSyncHistory } from './sync-history/sync-history-store'
import { followSyncSettings } from './sync-settings/sync-settings-store'
import { followActivity } from './sync-status/activity-store'
import { shellText } from './text/shell-text'

const { menus, titles } = shellText

/** The menus across the top: Orders and Sync drop down, Settings and Help open their screen. */
export type MenuName = 'orders' | 'sync' | 'settings' | 'help'

/** A screen's entry in the menus. */
export interface MenuEntry {
  menu: MenuName
  label: string
}

/** Everything about a screen that the window's frame has to know. */
export interface ScreenRow<Name extends ScreenName = ScreenName> {
  /** The window's title. */
  title: string
  /** The paths by which tray, system menu and notifications name it. */
  paths: readonly string[]
  /** What these paths and its menu entry show; null if a path or an entry can't say which one. */
  opens: Route<Name> | null
  /** What a path with a number in it shows; null for every other path. */
  parsePath?: (path: string) => Route<Name> | null
  /** Its entry in the menus, or the screen whose entry counts as its place; null: none. */
  place: MenuEntry | ScreenName | null
  /** The screen, fetched apart from the window's first code; null: View Orders, which is part of it. */
  lazy: LazyScreen<{ route: Route<Name> }> | null
  /** Follow the engine's events that the screen shows, for as long as the window lives. */
  follow: readonly (() => void)[]
}

/** Every screen; the entries of a menu are in this order. */
export const SCREENS: { readonly [Name in ScreenName]: ScreenRow<Name> } = {
  orders: {
    title: titles.orders,
    paths: ['/', '/orders'],
    opens: { screen: 'orders' },
    place: { menu: 'orders', label: menus.viewOrders },
    lazy: null,
    follow: [followOrders, followOrderJobs],
  },
  order: {
    title: titles.order,
    paths: [],
    opens: null,
    parsePath: (path) => {
      const match = /^\/orders\/(\d{1,15})$/.exec(path)
      return match === null ? null : { screen: 'order', orderId: Number(match[1]) }
    },
    place: 'orders',
    lazy: lazyScreen(async () => (await import('./order-details/order-details-screen')).OrderDetailsScreen),
    follow: [followOrderDetails],
  },
  'sync-settings': {
    title: titles['sync-settings'],
    paths: ['/orders/sync-settings'],
    opens: { screen: 'sync-settings' },
    place: { menu: 'orders', label: menus.syncSettings },
    lazy: lazyScreen(async () => (await import('./sources/sources-screen')).SourcesScreen),
    follow: [followSyncSettings],
  },
  destination: {
    title: titles.destination,
    paths: [],
    opens: null,
    place: 'sync-settings',
    lazy: lazyScreen(async () => (await import('./destination/destination-screen')).DestinationScreen),
    follow: [],
  },
  codes: {
    title: titles.codes,
    paths: ['/orders/codes'],
    opens: { screen: 'codes' },
    place: 'sync-settings',
    lazy: lazyScreen(async () => (await import('./codes/codes-screen')).CodesScreen),
    follow: [followCodes],
  },
  'sync-status': {
    title: titles['sync-status'],
    paths: ['/sync', '/sync/status'],
    opens: { screen: 'sync-status' },
    place: { menu: 'sync', label: menus.status },
    lazy: lazyScreen(async () => (await import('./sync-status/sync-status-screen')).SyncStatusScreen),
    follow: [followActivity],
  },
  'sync-history': {
    title: titles['sync-history'],
    paths: ['/sync/history'],
    opens: { screen: 'sync-history', task: null },
    place: { menu: 'sync', label: menus.history },
    lazy: lazyScreen(async () => (await import('./sync-history/sync-history-screen')).SyncHistoryScreen),
    follow: [followSyncHistory],
  },
  run: {
    title: titles.run,
    paths: [],
    opens: null,
    place: 'sync-history',
    lazy: lazyScreen(async () => (await import('./sync-history/run-screen')).RunScreen),
    follow: [followRunLog],
  },
  problems: {
    title: titles.problems,
    paths: ['/sync/problems'],
    opens: { screen: 'problems' },
    place: { menu: 'sync', label: menus.problems },
    lazy: lazyScreen(async () => (await import('./problems/problems-screen')).ProblemsScreen),
    follow: [followProblems],
  },
  settings: {
    title: titles.settings,
    paths: ['/settings'],
    opens: { screen: 'settings' },
    place: { menu: 'settings', label: menus.settings },
    lazy: lazyScreen(async () => (await import('./settings/settings-screen')).SettingsScreen),
    follow: [],
  },
  log: {
    title: titles.log,
    paths: ['/settings/log'],
    opens: { screen: 'log' },
    place: 'settings',
    lazy: lazyScreen(async () => (await import('./log/log-screen')).LogScreen),
    follow: [followLog],
  },
  help: {
    title: titles.help,
    paths: ['/help'],
    opens: { screen: 'help' },
    place: { menu: 'help', label: menus.help },
    lazy: lazyScreen(async () => (await import('./help/help-screen')).HelpScreen),
    follow: [],
  },
  guide: {
    title: titles.guide,
    paths: ['/guide'],
    opens: { screen: 'guide' },
    place: null,
    lazy: lazyScreen(async () => (await import('./first-run/guide-screen')).GuideScreen),
    follow: [],
  },
}

const ROWS = Object.values(SCREENS)

/** Every path that shows a screen by itself, without an order or a destination. */
export const SCREEN_PATHS: readonly string[] = ROWS.flatMap(({ paths }) => paths)

/** The route of a path such as `/sync/status` or `/orders/12` that the shell asks for; null where there is no such screen. */
export function parseRoute(path: string): Route | null {
  const row = ROWS.find(({ paths }) => paths.includes(path))
  if (row !== undefined) return row.opens
  for (const { parsePath } of ROWS) {
    const route = parsePath?.(path) ?? null
    if (route !== null) return route
  }
  return null
}

/** The entries of a menu, with the screens that count as each one's place. */
export function menuEntries(menu: MenuName): { label: string; opens: Route; screens: ScreenName[] }[] {
  const names = Object.keys(SCREENS) as ScreenName[]
  return names.flatMap((name) => {
    const { place, opens } = SCREENS[name]
    if (place === null || typeof place === 'string' || place.menu !== menu || opens === null) return []
    return { label: place.label, opens, screens: [name, ...names.filter((other) => SCREENS[other].place === name)] }
  })
}

/** Follows the engine's events for every screen. */
export function followScreens(): void {
  for (const { follow } of ROWS) for (const start of follow) start()
}

/** The screens that are not part of the window's first code. */
export function lazyScreens(): Pick<LazyScreen<never>, 'fetch'>[] {
  return ROWS.flatMap(({ lazy }) => lazy ?? [])
}
