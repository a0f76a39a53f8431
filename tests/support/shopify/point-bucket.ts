import type { ShopifySettings } from './shopify-settings.ts'

/** What Shopify says about its bucket in every answer. */
export interface ThrottleStatus {
  maximumAvailable: number
  currentlyAvailable: number
  restoreRate: number
}

/** The bucket of points, which fills up by real time. */
export class PointBucket {
  private readonly settings: ShopifySettings
  /** How often it was too empty. */
  throttledCount = 0
  private missing = 0
  private at = performance.now()

  constructor(settings: ShopifySettings) {
    this.settings = settings
  }

  /** Takes points out if there are enough. */
  take(points: number): boolean {
    if (points > this.status().currentlyAvailable) {
      this.throttledCount++
      return false
    }
    this.missing += points
    return true
  }

  giveBack(points: number): void {
    this.missing = Math.max(0, this.missing - points)
  }

  status(): ThrottleStatus {
    const { maximumAvailable, restoreRate } = this.settings.throttle ?? { maximumAvailable: 1_000_000, restoreRate: 1_000_000 }
    const now = performance.now()
    this.missing = Math.max(0, this.missing - ((now - this.at) / 1000) * restoreRate)
    this.at = now
    return { maximumAvailable, currentlyAvailable: Math.floor(maximumAvailable - this.missing), restoreRate }
  }
}
