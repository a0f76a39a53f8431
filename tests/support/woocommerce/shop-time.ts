const PERIOD_MS = 15 * 60_000
const DATE_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}(?::?\d{2})?)?$/i

/**
 * Converts times between UTC and the shop's time zone, in the form that WordPress uses: `2026-11-29T14:30:45`, without
 * a suffix.
 */
export class ShopTime {
  readonly timeZone: string
  private readonly format: Intl.DateTimeFormat
  private readonly offsets = new Map<number, number>()

  constructor(timeZone: string) {
    this.timeZone = timeZone
    this.format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  }

  gmt(seconds: number): string {
    return wallClock(seconds * 1000)
  }

  local(seconds: number): string {
    return wallClock(seconds * 1000 + this.offsetMs(seconds * 1000))
  }

  /**
   * The difference from UTC. It is looked up once per quarter of an hour, because Intl is slow and no zone changes more
   * often.
   */
  offsetMs(ms: number): number {
    const period = Math.floor(ms / PERIOD_MS)
    let offset = this.offsets.get(period)
    if (offset === undefined) {
      const name = this.format.formatToParts(period * PERIOD_MS).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
      const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? []
      offset = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
      this.offsets.set(period, offset)
    }
    return offset
  }

  /**
   * Reads a date parameter as WordPress does: without a suffix it stays as it is, whatever time that means. With `Z` or
   * an offset it becomes the shop's local time. That is the trap: with `dates_are_gmt=true`, local time is then
   * compared with UTC, so a shop east of Greenwich appears to have no changes. The recording shows 0 orders; the
   * conversion that explains it is inferred. Returns undefined if the text isn't a date.
   */
  readParameter(text: string): string | undefined {
    const [, plain, suffix] = DATE_TIME.exec(text) ?? []
    if (plain === undefined || Number.isNaN(Date.parse(`${plain}Z`))) return undefined
    if (suffix === undefined) return plain
    const ms = Date.parse(`${plain}${suffix.length === 3 ? `${suffix}:00` : suffix}`)
    return Number.isNaN(ms) ? undefined : this.local(Math.floor(ms / 1000))
  }
}

function wallClock(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19)
}
