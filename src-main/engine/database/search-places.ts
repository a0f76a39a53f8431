import { CompiledQuery, type Kysely } from 'kysely'

/** Places in the search index per millisecond of order dates. If all are taken, an order gets a place in the next millisecond. */
const PLACES_PER_MS = 2048
/** Limits dates to the years 1830 to 2109, so that places stay safe integers. Earlier and later dates are placed at the ends. */
const MAX_DATE_MS = 2 ** 42 - 2
/** How far an order's place can be after its date: there are never enough orders at one time to fill an hour of places. */
const MAX_SHIFT_MS = 60 * 60_000

type Connection = Pick<Kysely<unknown>, 'executeQuery'>

const LAST_IN_BLOCK = 'select max(place) as last from searchPlace where place >= ? and place < ?'

/** Finds a free place in the search index for each of these times (UTC ISO 8601). Later times get higher places. */
export async function freePlaces(db: Connection, times: readonly string[]): Promise<number[]> {
  const lastTaken = new Map<number, number>()
  const places: number[] = []
  for (const time of times) {
    for (let block = blockOf(time); ; block += PLACES_PER_MS) {
      const next = (lastTaken.get(block) ?? (await lastStored(db, block))) + 1
      if (next >= block + PLACES_PER_MS) continue
      lastTaken.set(block, next)
      places.push(next)
      break
    }
  }
  return places
}

/** A range of places that contains all orders of a time range, and possibly some others. Times are UTC ISO 8601. */
export function placesBetween(from: string | undefined, to: string | undefined): { first: number | null; last: number | null } {
  return {
    first: from === undefined ? null : blockOf(from),
    last: to === undefined ? null : blockOf(to) + MAX_SHIFT_MS * PLACES_PER_MS,
  }
}

/** The first place of a time's millisecond. */
function blockOf(time: string): number {
  const ms = Date.parse(time)
  return Math.max(-MAX_DATE_MS, Math.min(MAX_DATE_MS, Number.isNaN(ms) ? 0 : ms)) * PLACES_PER_MS
}

async function lastStored(db: Connection, block: number): Promise<number> {
  const { rows } = await db.executeQuery<{ last: number | null }>(CompiledQuery.raw(LAST_IN_BLOCK, [block, block + PLACES_PER_MS]))
  return rows[0]?.last ?? block - 1
}
