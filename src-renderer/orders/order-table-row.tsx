import { VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react'
import { type MouseEvent, memo, type ReactNode } from 'react'
import type { ExportColumn, OrderRow } from '../../src-shared/contract/contract'
import { goTo } from '../navigation/navigation'
import { matchesFilter, toOrderFilter } from '../order-list/order-filter'
import { isSelected, useSelection } from '../order-list/order-selection'
import { useOrderView } from '../order-list/order-view'
import { useOrders } from '../order-list/orders-store'
import { clockText, dayText, exactTimeText } from '../text/dates'
import { amountText } from '../text/money'
import { ordersText } from '../text/orders-text'
import { syncStateHint, syncStateLabel } from '../text/state-labels'
import { ExternalText } from '../widgets/external-text'
import { StatusPill } from '../widgets/status-pill'
import { ToneText } from '../widgets/tone-text'

const text = ordersText.table

interface OrderTableRowProps {
  id: number | undefined
  index: number
  top: number
  columns: readonly ExportColumn[]
  /** True for the row that Tab moves the focus to. The arrow keys move on from there. */
  isTabStop: boolean
  /** Called for clicks that select orders: on the checkbox, or anywhere in the row with Ctrl or Shift. */
  onPick: (index: number, event: MouseEvent) => void
}

function NumberButton({ row, isTabStop }: { row: OrderRow; isTabStop: boolean }) {
  return (
    <button
      type="button"
      className="order-number"
      data-sync-state={row.syncState}
      data-order-id={row.id}
      tabIndex={isTabStop ? 0 : -1}
      onClick={(event) => {
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) goTo({ screen: 'order', orderId: row.id })
      }}
    >
      {row.syncState === 'failed' && <IconAlertTriangle size={15} aria-hidden />}
      {row.syncState === 'needs review' && <IconHelpCircle size={15} aria-hidden />}
      <ExternalText text={row.number} lines="1" />
      {row.syncState === 'failed' && <StateTag short={text.syncFailed} long={text.syncFailedLong} />}
      {row.syncState === 'needs review' && <StateTag short={text.needsReview} long={text.needsReviewLong} />}
    </button>
  )
}

function StateTag({ short, long }: { short: string; long: string }) {
  return (
    <>
      <span className="order-number-state" aria-hidden>
        {short}
      </span>
      <VisuallyHidden>{long}</VisuallyHidden>
    </>
  )
}

const CELLS: Readonly<Record<Exclude<ExportColumn, 'number'>, (row: OrderRow) => ReactNode>> = {
  date: (row) => (
    <td key="date">
      <time dateTime={row.orderedAt} title={exactTimeText(row.orderedAt)}>
        {dayText(row.orderedAt)}
        <span className="second-line">{clockText(row.orderedAt)}</span>
      </time>
    </td>
  ),
  customer: (row) => (
    <td key="customer">
      <ExternalText text={row.customerName} lines="1" />
      <ExternalText text={row.customerEmail} lines="1" className="second-line" />
    </td>
  ),
  total: (row) => (
    <td key="total" className="number order-total">
      {amountText(row.totalMinor, row.currency)}
    </td>
  ),
  status: (row) => (
    <td key="status">
      <StatusPill status={row.status} />
    </td>
  ),
  sync: (row) => {
    const hint = syncStateHint(row)
    return (
      <td key="sync">
        <ToneText label={syncStateLabel(row.syncState)} />
        {hint !== '' && <ExternalText text={hint} lines="1" className="second-line" />}
      </td>
    )
  },
  destination: (row) => (
    <td key="destination">
      <ExternalText text={row.destinationName} lines="1" />
      <ExternalText text={text.from(row.sourceName)} lines="1" className="second-line" />
    </td>
  ),
}

/** A row of View Orders. It rerenders only if its order, its selection or its props change. */
export const OrderTableRow = memo(function OrderTableRow({ id, index, top, columns, isTabStop, onPick }: OrderTableRowProps) {
  const row = useOrders((state) => (id === undefined ? undefined : state.rows[id]))
  const isRowSelected = useSelection((state) => id !== undefined && isSelected(state.selected, id))
  const isFilteredOut = useOrderView((state) => row !== undefined && matchesFilter(row, toOrderFilter(state.filter) ?? {}) === false)
  const style = { transform: `translateY(${top}px)` }
  if (row === undefined) {
    return (
      <tr className="order-row" style={style} aria-rowindex={index + 2}>
        <td className="soft">{text.reading}</td>
      </tr>
    )
  }
  return (
    <tr
      className="order-row"
      style={style}
      aria-rowindex={index + 2}
      data-sync-state={row.syncState}
      data-selected={isRowSelected}
      data-left={isFilteredOut}
      title={isFilteredOut ? text.leftFilter : undefined}
      onDoubleClick={() => goTo({ screen: 'order', orderId: row.id })}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) onPick(index, event)
      }}
    >
      <td className="order-number-cell">
        <label className="order-pick">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={isRowSelected}
            aria-label={text.select(row.number)}
            onChange={() => {}}
            onClick={(event) => {
              event.stopPropagation()
              onPick(index, event)
            }}
          />
        </label>
        <NumberButton row={row} isTabStop={isTabStop} />
        {isFilteredOut && <VisuallyHidden>{text.leftFilter}</VisuallyHidden>}
      </td>
      {columns.map((name) => (name === 'number' ? null : CELLS[name](row)))}
    </tr>
  )
})
