import { useMediaQuery } from '@mantine/hooks'
import { EXPORT_COLUMNS, type ExportColumn, type OrderSort } from '../../src-shared/contract/contract'
import { useOrderView } from '../order-list/order-view'

/** A column of View Orders. */
export interface OrderColumn {
  /** The key to sort by; null if the list can't be sorted by this column. */
  sortBy: OrderSort['by'] | null
  /** True if the first click sorts the highest value to the top, as for dates and amounts. */
  isHighestFirst: boolean
  /** The default width as a grid track. */
  track: string
}

/** The columns from left to right. The order number is always first. */
export const ORDER_COLUMNS: Readonly<Record<ExportColumn, OrderColumn>> = {
  number: { sortBy: 'number', isHighestFirst: true, track: '176px' },
  date: { sortBy: 'date', isHighestFirst: true, track: '112px' },
  customer: { sortBy: 'customer', isHighestFirst: false, track: 'minmax(130px, 1.2fr)' },
  total: { sortBy: 'total', isHighestFirst: true, track: '120px' },
  status: { sortBy: 'status', isHighestFirst: false, track: '116px' },
  sync: { sortBy: 'sync state', isHighestFirst: false, track: 'minmax(150px, 1.5fr)' },
  destination: { sortBy: null, isHighestFirst: false, track: 'minmax(110px, 0.8fr)' },
}

/** The columns that are currently shown. A narrow window omits the destination. */
export function useShownColumns(): ExportColumn[] {
  const hidden = useOrderView((state) => state.hidden)
  const isNarrow = useMediaQuery('(max-width: 1000px)', window.innerWidth <= 1000) ?? false
  return EXPORT_COLUMNS.filter((name) => !hidden.includes(name) && !(isNarrow && name === 'destination'))
}

/** The columns' widths as a value for `grid-template-columns`. */
export function gridTracks(columns: readonly ExportColumn[], widths: Readonly<Partial<Record<ExportColumn, number>>>): string {
  const tracks = columns.map((name) => (widths[name] === undefined ? ORDER_COLUMNS[name].track : `${widths[name]}px`))
  // One column must fill the remaining width; otherwise the rows would be narrower than the table.
  if (!tracks.some((track) => track.includes('fr'))) tracks[tracks.length - 1] = `minmax(${tracks.at(-1)}, 1fr)`
  return tracks.join(' ')
}
