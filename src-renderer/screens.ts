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

/** The menus across the top. Orders and Sync have a drop-down; Settings and Help open their screen. */
export type MenuName = 'orders' | 'sync' | 'settings' | 'help'

/** A screen's entry in the menus. */
export interface MenuEntry {
  menu: MenuName
  label: string
}

/** The definition of a screen. */
export interface ScreenRow<Name extends ScreenName = ScreenName> {
  /** The window's title. */
  title: string
  /** The paths that the tray, the system menu and notifications use. */
  paths: readonly string[]
  /** The route that these paths and the menu entry open; null if the screen needs a parameter. */
  opens: Route<Name> | null
  /** Returns the route of a path with a number; null for any other path. */
  parsePath?: (path: string) => Route<Name> | null
  /** The screen's menu entry, or the screen whose entry is highlighted for it; null: none. */
  menuEntry: MenuEntry | ScreenName | null
  /** The lazily loaded screen; null for View Orders, which is part of the initial bundle. */
  lazy: LazyScreen<{ route: Route<Name> }> | null
  /** Functions that subscribe the screen's stores to the engine's events, for the lifetime of the window. */
  follow: readonly (() => void)[]
}

/** All screens, in the order of their menu entries. */
export const SCREENS: { readonly [Name in ScreenName]: ScreenRow<Name> } = {
  orders: {
    title: titles.orders,
    paths: ['/', '/orders'],
    opens: { screen: 'orders' },
    menuEntry: { menu: 'orders', label: menus.viewOrders },
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
    menuEntry: 'orders',
    lazy: lazyScreen(async () => (await import('./order-details/order-details-screen')).OrderDetailsScreen),
    follow: [followOrderDetails],
  },
  'sync-settings': {
    title: titles['sync-settings'],
    paths: ['/orders/sync-settings'],
    opens: { screen: 'sync-settings' },
    menuEntry: { menu: 'orders', label: menus.syncSettings },
    lazy: lazyScreen(async () => (await import('./sources/sources-screen')).SourcesScreen),
    follow: [followSyncSettings],
  },
  destination: {
    title: titles.destination,
    paths: [],
    opens: null,
    menuEntry: 'sync-settings',
    lazy: lazyScreen(async () => (await import('./destination/destination-screen')).DestinationScreen),
    follow: [],
  },
  store: {
    title: titles.store,
    paths: [],
    opens: null,
    menuEntry: 'sync-settings',
    lazy: lazyScreen(async () => (await import('./sources/store-screen')).StoreScreen),
    follow: [],
  },
  codes: {
    title: titles.codes,
    paths: ['/orders/codes'],
    opens: { screen: 'codes' },
    menuEntry: 'sync-settings',
    lazy: lazyScreen(async () => (await import('./codes/codes-screen')).CodesScreen),
    follow: [followCodes],
  },
  'sync-status': {
    title: titles['sync-status'],
    paths: ['/sync', '/sync/status'],
    opens: { screen: 'sync-status' },
    menuEntry: { menu: 'sync', label: menus.status },
    lazy: lazyScreen(async () => (await import('./sync-status/sync-status-screen')).SyncStatusScreen),
    follow: [followActivity],
  },
  'sync-history': {
    title: titles['sync-history'],
    paths: ['/sync/history'],
    opens: { screen: 'sync-history', task: null },
    menuEntry: { menu: 'sync', label: menus.history },
    lazy: lazyScreen(async () => (await import('./sync-history/sync-history-screen')).SyncHistoryScreen),
    follow: [followSyncHistory],
  },
  run: {
    title: titles.run,
    paths: [],
    opens: null,
    menuEntry: 'sync-history',
    lazy: lazyScreen(async () => (await import('./sync-history/run-screen')).RunScreen),
    follow: [followRunLog],
  },
  problems: {
    title: titles.problems,
    paths: ['/sync/problems'],
    opens: { screen: 'problems' },
    menuEntry: { menu: 'sync', label: menus.problems },
    lazy: lazyScreen(async () => (await import('./problems/problems-screen')).ProblemsScreen),
    follow: [followProblems],
  },
  settings: {
    title: titles.settings,
    paths: ['/settings'],
    opens: { screen: 'settings' },
    menuEntry: { menu: 'settings', label: menus.settings },
    lazy: lazyScreen(async () => (await import('./settings/settings-screen')).SettingsScreen),
    follow: [],
  },
  log: {
    title: titles.log,
    paths: ['/settings/log'],
    opens: { screen: 'log' },
    menuEntry: 'settings',
    lazy: lazyScreen(async () => (await import('./log/log-screen')).LogScreen),
    follow: [followLog],
  },
  help: {
    title: titles.help,
    paths: ['/help'],
    opens: { screen: 'help' },
    menuEntry: { menu: 'help', label: menus.help },
    lazy: lazyScreen(async () => (await import('./help/help-screen')).HelpScreen),
    follow: [],
  },
  guide: {
    title: titles.guide,
    paths: ['/guide'],
    opens: { screen: 'guide' },
    menuEntry: null,
    lazy: lazyScreen(async () => (await import('./first-run/guide-screen')).GuideScreen),
    follow: [],
  },
}

const ROWS = Object.values(SCREENS)

/** Every path without a parameter. */
export const SCREEN_PATHS: readonly string[] = ROWS.flatMap(({ paths }) => paths)

/** The route of a path from the shell, such as `/sync/status` or `/orders/12`; null if there is no such screen. */
export function parseRoute(path: string): Route | null {
  const row = ROWS.find(({ paths }) => paths.includes(path))
  if (row !== undefined) return row.opens
  for (const { parsePath } of ROWS) {
    const route = parsePath?.(path) ?? null
    if (route !== null) return route
  }
  return null
}

/** The entries of a menu, each with the screens for which it is highlighted. */
export function menuEntries(menu: MenuName): { label: string; opens: Route; screens: ScreenName[] }[] {
  const names = Object.keys(SCREENS) as ScreenName[]
  return names.flatMap((name) => {
    const { menuEntry, opens } = SCREENS[name]
    if (menuEntry === null || typeof menuEntry === 'string' || menuEntry.menu !== menu || opens === null) return []
    return { label: menuEntry.label, opens, screens: [name, ...names.filter((other) => SCREENS[other].menuEntry === name)] }
  })
}

/** Subscribes all screens' stores to the engine's events. */
export function followScreens(): void {
  for (const { follow } of ROWS) for (const start of follow) start()
}

/** The screens that aren't part of the initial bundle. */
export function lazyScreens(): Pick<LazyScreen<never>, 'prefetch'>[] {
  return ROWS.flatMap(({ lazy }) => lazy ?? [])
}
