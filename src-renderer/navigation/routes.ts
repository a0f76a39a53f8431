type Nothing = Record<never, never>

/** Every screen of the window by name, and what it has to be told. */
interface Screens {
  orders: Nothing
  order: { orderId: number }
  'sync-settings': Nothing
  /** Null: a new destination. */
  destination: { destinationId: number | null }
  codes: Nothing
  'sync-status': Nothing
  /** Null: the runs of every task. */
  'sync-history': { task: string | null }
  run: { runId: number }
  problems: Nothing
  settings: Nothing
  log: Nothing
  help: Nothing
  /** The guide of the first start. */
  guide: Nothing
}

export type ScreenName = keyof Screens

/** A screen and what it shows. Its component gets it as `route`. */
export type Route<Name extends ScreenName = ScreenName> = { [One in Name]: { screen: One } & Screens[One] }[Name]
