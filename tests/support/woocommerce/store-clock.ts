/**
 * The store's clock. It may differ from ours, stand still and be set, because a client must never compare it with its
 * own.
 */
export class StoreClock {
  private readonly source: () => number
  private frozenAtMs: number | undefined
  private offsetMs = 0

  /** `now`: an ISO time at which the clock stands still. Without it, the clock follows `source`. */
  constructor(now?: string, source: () => number = Date.now) {
    this.source = source
    if (now !== undefined) this.set(now)
  }

  nowMs(): number {
    return (this.frozenAtMs ?? this.source()) + this.offsetMs
  }

  /** The time in whole seconds since 1970, the precision in which WooCommerce stores times. */
  nowSeconds(): number {
    return Math.floor(this.nowMs() / 1000)
  }

  /** Sets the clock to an ISO time. It stands still there. */
  set(now: string): void {
    this.frozenAtMs = Date.parse(now)
    this.offsetMs = 0
    if (Number.isNaN(this.frozenAtMs)) throw new Error(`Not an ISO time: ${now}`)
  }

  advance(ms: number): void {
    this.offsetMs += ms
  }
}
