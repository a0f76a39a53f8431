import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { EXPORT_COLUMNS, type ExportColumn, NEWEST_FIRST, ORDER_SORTS, type OrderSort } from '../../src-shared/contract'
import { ORDER_STATUSES, SYNC_STATES } from '../../src-shared/order'
import { type FilterFields, NO_FILTER } from './order-filter'

/** Bounds of a column's width in pixels. */
export const NARROWEST = 70
export const WIDEST = 800

/** How this computer's people look at View Orders; kept over restarts, what was searched for apart. */
export interface OrderView {
  filter: FilterFields
  sort: OrderSort
  /** Columns that are not shown; the order number always is. */
  hidden: ExportColumn[]
  /** Widths in pixels of the columns that somebody gave one. */
  widths: Partial<Record<ExportColumn, number>>
}

const USUAL: OrderView = { filter: NO_FILTER, sort: NEWEST_FIRST, hidden: [], widths: {} }

const day = z.string().regex(/^(\d{4}-\d{2}-\d{2})?$/)
const column = z.enum(EXPORT_COLUMNS)
const storedSchema = z.object({
  filter: z.object({
    status: z.enum(['', ...ORDER_STATUSES]),
    syncState: z.enum(['', ...SYNC_STATES]),
    sourceId: z.number().int().positive().nullable(),
    fromDay: day,
    toDay: day,
  }),
  sort: z.object({ by: z.enum(ORDER_SORTS), isDescending: z.boolean() }),
  hidden: z.array(column),
  widths: z.partialRecord(column, z.number().min(NARROWEST).max(WIDEST)),
})

/** What was stored, where it can still be understood. */
export function readStoredView(stored: unknown): OrderView {
  const parsed = storedSchema.safeParse(stored)
  if (!parsed.success) return USUAL
  const { filter, sort, hidden, widths } = parsed.data
  return {
    filter: { ...filter, search: '' },
    sort,
    hidden: hidden.filter((name) => name !== 'number'),
    widths: widths as OrderView['widths'],
  }
}

/** Filters, sort, columns and widths of View Orders. */
export const useOrderView = create<OrderView>()(
  persist(() => USUAL, {
    name: 'ledgerdrop.view-orders',
    partialize: ({ filter: { search: _, ...filter }, ...view }) => ({ ...view, filter }),
    merge: (stored) => readStoredView(stored),
  }),
)

/** Shows or hides a column. */
export function setColumnShown(name: ExportColumn, isShown: boolean): void {
  useOrderView.setState(({ hidden }) => ({ hidden: isShown ? hidden.filter((one) => one !== name) : [...new Set([...hidden, name])] }))
}

/** Gives a column a width in pixels; null gives it the usual one. */
export function setColumnWidth(name: ExportColumn, width: number | null): void {
  useOrderView.setState(({ widths }) => {
    const { [name]: _, ...others } = widths
    return { widths: width === null ? others : { ...others, [name]: Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))) } }
  })
}

/** The usual columns in their usual widths. */
export function resetColumns(): void {
  useOrderView.setState({ hidden: [], widths: {} })
}
