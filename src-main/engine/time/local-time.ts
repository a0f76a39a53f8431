const TIME = new Intl.DateTimeFormat('en-AU', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const DAY = new Intl.DateTimeFormat('en-AU', { day: 'numeric', month: 'short', year: 'numeric' })

/** A time in this computer's time zone: `14:05`, or `23 Nov 2026 14:05` if it isn't today or `withDay` is true. */
export function localTime(at: string, now: string, withDay = false): string {
  const time = TIME.format(new Date(at))
  const day = DAY.format(new Date(at))
  return !withDay && day === DAY.format(new Date(now)) ? time : `${day} ${time}`
}
