import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { EXPORT_COLUMNS, type ExportColumn, NEWEST_FIRST, ORDER_SORTS, type OrderSort } from '../../src-shared/contract/contract'
import { ORDER_STATUSES, SYNC_STATES } from '../../src-shared/order'
import { type FilterFields, NO_FILTER } from './order-filter'

/** The minimum and maximum width of a column in pixels. */
export const MIN_COLUMN_WIDTH = 70
export const MAX_COLUMN_WIDTH = 800

/** The view settings of View Orders on this computer. All except the search text are restored after a restart. */
export interface OrderView {
  filter: FilterFields
  sort: OrderSort
  /** Columns that are not shown. The order number is always shown. */
  hidden: ExportColumn[]
  /** Widths in pixels of the columns that the user has resized. */
  widths: Partial<Record<ExportColumn, number>>
}

const DEFAULT_VIEW: OrderView = { filter: NO_FILTER, sort: NEWEST_FIRST, hidden: [], widths: {} }

/**
 * Parses the stored view. Returns the default view if it is invalid. Doesn't use Zod, because loading Zod would delay
 * the first screen.
 */
export function parseStoredView(stored: unknown): OrderView {
  const { filter, sort, hidden, widths } = asRecord(stored)
  const { status, syncState, sourceId, fromDay, toDay } = asRecord(filter)
  const { by, isDescending } = asRecord(sort)
  const widthEntries = Object.entries(asRecord(widths))
  const isValid =
    isOneOf(['', ...ORDER_STATUSES], status) &&
    isOneOf(['', ...SYNC_STATES], syncState) &&
    (sourceId === null || (typeof sourceId === 'number' && Number.isSafeInteger(sourceId) && sourceId > 0)) &&
    isDay(fromDay) &&
    isDay(toDay) &&
    isOneOf(ORDER_SORTS, by) &&
    typeof isDescending === 'boolean' &&
    Array.isArray(hidden) &&
    hidden.every((name) => isOneOf(EXPORT_COLUMNS, name)) &&
    widthEntries.every(
      ([name, width]) =>
        isOneOf(EXPORT_COLUMNS, name) && typeof width === 'number' && width >= MIN_COLUMN_WIDTH && width <= MAX_COLUMN_WIDTH,
    )
  if (!isValid) return DEFAULT_VIEW
  return {
    filter: { status, syncState, sourceId, fromDay, toDay, search: '' },
    sort: { by, isDescending },
    hidden: hidden.filter((name) => name !== 'number'),
    widths: Object.fromEntries(widthEntries) as OrderView['widths'],
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function isOneOf<Name extends string>(names: readonly Name[], value: unknown): value is Name {
  return (names as readonly unknown[]).includes(value)
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^(\d{4}-\d{2}-\d{2})?$/.test(value)
}

/** The filters, sort order, columns and column widths of View Orders. */
export const useOrderView = create<OrderView>()(
  persist(() => DEFAULT_VIEW, {
    name: 'ledgerdrop.view-orders',
    partialize: ({ filter: { search: _, ...filter }, ...view }) => ({ ...view, filter }),
    merge: (stored) => parseStoredView(stored),
  }),
)

/** Shows or hides a column. */
export function setColumnShown(name: ExportColumn, isShown: boolean): void {
  useOrderView.setState(({ hidden }) => ({ hidden: isShown ? hidden.filter((other) => other !== name) : [...new Set([...hidden, name])] }))
}

/** Sets the width of a column in pixels; null resets it to the default. */
export function setColumnWidth(name: ExportColumn, width: number | null): void {
  useOrderView.setState(({ widths }) => {
    const { [name]: _, ...others } = widths
    return {
      widths: width === null ? others : { ...others, [name]: Math.round(Math.min(MAX_COLUMN_WIDTH, Math.max(MIN_COLUMN_WIDTH, width))) },
    }
  })
}

/** Shows the default columns with their default widths. */
export function resetColumns(): void {
  useOrderView.setState({ hidden: [], widths: {} })
}
