import type { StoreKind } from '../../src-shared/stores'

type NoParameters = Record<never, never>

/** Every screen by name, with its parameters. */
interface Screens {
  orders: NoParameters
  order: { orderId: number }
  'sync-settings': NoParameters
  /** Null for a new destination. */
  destination: { destinationId: number | null }
  /** Null: a new store of that kind. */
  store: { sourceId: number; kind: null } | { sourceId: null; kind: StoreKind }
  codes: NoParameters
  'sync-status': NoParameters
  /** Null for the runs of all tasks. */
  'sync-history': { task: string | null }
  run: { runId: number }
  problems: NoParameters
  settings: NoParameters
  log: NoParameters
  help: NoParameters
  /** The setup guide. */
  guide: NoParameters
}

/** The name of a screen, without its parameters. */
export type ScreenName = keyof Screens

/** A screen with its parameters. The screen's component receives it as `route`. */
export type Route<Name extends ScreenName = ScreenName> = { [Each in Name]: { screen: Each } & Screens[Each] }[Name]
