import { VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react'
import { memo } from 'react'
import type { OrderRow } from '../../src-shared/contract'
import { goTo } from '../shell/navigation'
import { clockText, dayText, exactTimeText } from '../text/dates'
import { amountText } from '../text/money'
import { syncStateHint, syncStateWords } from '../text/state-words'
import { OutsideText } from '../widgets/outside-text'
import { StatusPill } from '../widgets/status-pill'
import { ToneText } from '../widgets/tone-text'
import { useOrders } from './orders-store'

interface OrderTableRowProps {
  id: number
  index: number
  top: number
  /** The row that Tab reaches; arrow keys move from it. */
  isTabStop: boolean
}

function NumberCell({ row, isTabStop }: { row: OrderRow; isTabStop: boolean }) {
  return (
    <button
      type="button"
      className="order-number"
      data-sync-state={row.syncState}
      data-order-id={row.id}
      tabIndex={isTabStop ? 0 : -1}
      onClick={() => goTo({ screen: 'order', orderId: row.id })}
    >
      {row.syncState === 'failed' && <IconAlertTriangle size={15} aria-hidden />}
      {row.syncState === 'needs review' && <IconHelpCircle size={15} aria-hidden />}
      <OutsideText text={row.number} lines="1" />
      {row.syncState === 'failed' && <VisuallyHidden>, sync failed</VisuallyHidden>}
      {row.syncState === 'needs review' && <VisuallyHidden>, needs review</VisuallyHidden>}
    </button>
  )
}

/** One order in View Orders. Follows its own row only. */
export const OrderTableRow = memo(function OrderTableRow({ id, index, top, isTabStop }: OrderTableRowProps) {
  const row = useOrders((state) => state.rows[id])
  if (row === undefined) return null
  const hint = syncStateHint(row)
  return (
    <tr
      className="order-row"
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={index + 2}
      data-sync-state={row.syncState}
      onDoubleClick={() => goTo({ screen: 'order', orderId: row.id })}
    >
      <td className="order-number-cell">
        <NumberCell row={row} isTabStop={isTabStop} />
      </td>
      <td>
        <time dateTime={row.orderedAt} title={exactTimeText(row.orderedAt)}>
          {dayText(row.orderedAt)}
          <span className="second-line">{clockText(row.orderedAt)}</span>
        </time>
      </td>
      <td>
        <OutsideText text={row.customerName} lines="1" />
        <OutsideText text={row.customerEmail} lines="1" className="second-line" />
      </td>
      <td className="number order-total">{amountText(row.totalMinor, row.currency)}</td>
      <td>
        <StatusPill status={row.status} />
      </td>
      <td>
        <ToneText words={syncStateWords(row.syncState)} />
        {hint !== '' && <OutsideText text={hint} lines="1" className="second-line" />}
      </td>
      <td className="order-destination">
        <OutsideText text={row.destinationName} lines="1" />
        <OutsideText text={`from ${row.sourceName}`} lines="1" className="second-line" />
      </td>
    </tr>
  )
})
