/** What View Orders can be sorted by. `status` and `sync state`: within one, by date. `total`: within one currency. */
export const ORDER_SORTS = ['number', 'date', 'customer', 'total', 'status', 'sync state'] as const
export interface OrderSort {
  by: (typeof ORDER_SORTS)[number]
  isDescending: boolean
}
/** Newest first. */
export const NEWEST_FIRST: OrderSort = { by: 'date', isDescending: true }

/** Columns of an exported list. */
export const EXPORT_COLUMNS = ['number', 'date', 'customer', 'total', 'status', 'sync', 'destination'] as const
export type ExportColumn = (typeof EXPORT_COLUMNS)[number]
