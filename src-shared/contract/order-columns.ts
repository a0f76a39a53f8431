/** Sort keys of View Orders. `status` and `sync state` sort by date within each value; `total` sorts within each currency. */
export const ORDER_SORTS = ['number', 'date', 'customer', 'total', 'status', 'sync state'] as const
export interface OrderSort {
  by: (typeof ORDER_SORTS)[number]
  isDescending: boolean
}
/** The default sort order: newest first. */
export const NEWEST_FIRST: OrderSort = { by: 'date', isDescending: true }

/** Columns of an exported order list. */
export const EXPORT_COLUMNS = ['number', 'date', 'customer', 'total', 'status', 'sync', 'destination'] as const
export type ExportColumn = (typeof EXPORT_COLUMNS)[number]
