import type { OrderFilter, OrderRow } from '../../src-shared/contract/contract'
import type { OrderStatus, SyncState } from '../../src-shared/order'
import { localDayStart } from '../text/dates'

/** The values of the filter fields of View Orders. Empty means "all". */
export interface FilterFields {
  status: OrderStatus | ''
  syncState: SyncState | ''
  sourceId: number | null
  /** `fromDay` and `toDay` are local dates, e.g. `2026-03-14`, and both inclusive. */
  fromDay: string
  toDay: string
  search: string
}

/** The fields with no filter set. */
export const NO_FILTER: FilterFields = { status: '', syncState: '', sourceId: null, fromDay: '', toDay: '', search: '' }

/** True if any filter is set. */
export function isFiltered(fields: FilterFields): boolean {
  return toOrderFilter(fields) !== null
}

/** The fields as a filter for the engine; null if no filter is set. */
export function toOrderFilter(fields: FilterFields): OrderFilter | null {
  const filter: OrderFilter = {}
  if (fields.status !== '') filter.status = fields.status
  if (fields.syncState !== '') filter.syncState = fields.syncState
  if (fields.sourceId !== null) filter.sourceId = fields.sourceId
  const from = localDayStart(fields.fromDay)
  if (from !== null) filter.from = from
  const to = localDayStart(fields.toDay, 1)
  if (to !== null) filter.to = to
  const search = fields.search.trim()
  if (search !== '') filter.search = search
  return Object.keys(filter).length === 0 ? null : filter
}

/** Whether a row matches the filter; null if only the engine can tell (search, source). */
export function matchesFilter(row: OrderRow, filter: OrderFilter): boolean | null {
  if (filter.status !== undefined && row.status !== filter.status) return false
  if (filter.syncState !== undefined && row.syncState !== filter.syncState) return false
  if (filter.from !== undefined && row.orderedAt < filter.from) return false
  if (filter.to !== undefined && row.orderedAt >= filter.to) return false
  return filter.search === undefined && filter.sourceId === undefined ? true : null
}
