import { CompiledQuery, type Kysely } from 'kysely'

/** So many orders of the same millisecond have their place within it; further ones take the next millisecond's. */
const PER_MS = 2048
/** Places are safe integers: dates from 1830 to 2109. What lies outside is found at that end. */
const FARTHEST_MS = 2 ** 42 - 2
/** No moment has so many orders that they fill the places of an hour. */
const FARTHEST_MOVED_MS = 60 * 60_000

type Connection = Pick<Kysely<unknown>, 'executeQuery'>

const LAST_IN_BLOCK = 'select max(place) as last from searchPlace where place >= ? and place < ?'

/** A free place among the words of all orders for each of these times, in the order of the dates. UTC ISO 8601. */
export async function freePlaces(db: Connection, times: readonly string[]): Promise<number[]> {
  const lastTaken = new Map<number, number>()
  const places: number[] = []
  for (const time of times) {
    for (let block = blockOf(time); ; block += PER_MS) {
      const next = (lastTaken.get(block) ?? (await lastStored(db, block))) + 1
      if (next >= block + PER_MS) continue
      lastTaken.set(block, next)
      places.push(next)
      break
    }
  }
  return places
}

/** Orders of a range of times lie between these places; some others may, too. Times are UTC ISO 8601. */
export function placesBetween(from: string | undefined, to: string | undefined): { first: number | null; last: number | null } {
  return {
    first: from === undefined ? null : blockOf(from),
    last: to === undefined ? null : blockOf(to) + FARTHEST_MOVED_MS * PER_MS,
  }
}

function blockOf(time: string): number {
  const ms = Date.parse(time)
  return Math.max(-FARTHEST_MS, Math.min(FARTHEST_MS, Number.isNaN(ms) ? 0 : ms)) * PER_MS
}

async function lastStored(db: Connection, block: number): Promise<number> {
  const { rows } = await db.executeQuery<{ last: number | null }>(CompiledQuery.raw(LAST_IN_BLOCK, [block, block + PER_MS]))
  return rows[0]?.last ?? block - 1
}
