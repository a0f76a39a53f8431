import { Button } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useOrderView } from '../order-list/order-view'
import { loadOrders, useOrders } from '../order-list/orders-store'
import { ordersText } from '../text/orders-text'
import { gridTracks, useShownColumns } from './order-columns'
import { OrderTableHead } from './order-table-head'
import { OrderTableRow } from './order-table-row'
import { ROW_HEIGHT } from './row-window'
import { useApplyPendingChanges } from './use-apply-pending-changes'
import { useRowWindow } from './use-row-window'
import { useTableKeys } from './use-table-keys'

function NewOrdersButton() {
  const count = useOrders((state) => state.newCount)
  return count === 0 ? null : (
    <Button className="new-above" radius="xl" leftSection={<IconArrowUp size={15} aria-hidden />} onClick={() => void loadOrders()}>
      {ordersText.table.newOrders(count)}
    </Button>
  )
}

/** The table of View Orders. Only the visible rows are in the DOM. Rows don't move while someone is using the list. */
export function OrdersTable() {
  const ids = useOrders((state) => state.ids)
  const total = useOrders((state) => state.total)
  const isLoading = useOrders((state) => state.isLoading)
  const widths = useOrderView((state) => state.widths)
  const columns = useShownColumns()
  const columnKey = columns.join()
  // The array keeps its identity until the columns change, so that the rows don't re-render.
  const shownColumns = useMemo(() => columnKey.split(',') as typeof columns, [columnKey])
  const tracks = gridTracks(shownColumns, widths)

  const scroller = useRef<HTMLDivElement>(null)
  const [isPointerOverRows, setPointerOverRows] = useState(false)
  const view = useRowWindow(scroller)
  const { activeIndex, setActiveId, onKeyDown, onPick } = useTableKeys({ scroller, ...view })

  // `npm run bench` uses this mark to measure the start time.
  useEffect(() => void performance.mark('orders shown'), [])

  const applyChangesSoon = useApplyPendingChanges(scroller, isPointerOverRows)

  const shown: number[] = []
  for (let index = view.first; index < Math.min(view.last, total); index += 1) shown.push(index)
  // The tab stop stays in the DOM even if it is scrolled out of view, so that the keyboard position isn't lost.
  if (activeIndex < ids.length && !shown.includes(activeIndex)) shown.push(activeIndex)

  return (
    <div className="orders-frame">
      <NewOrdersButton />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only detects that the rows lost focus */}
      <div ref={scroller} className="orders-scroll" onBlur={applyChangesSoon}>
        <table className="orders-table" aria-label={ordersText.table.label} aria-rowcount={total + 1} aria-busy={isLoading}>
          <OrderTableHead columns={shownColumns} tracks={tracks} />
          <tbody
            style={{ height: view.height, ['--order-columns' as string]: tracks }}
            // Browsers also fire this event if the rows move under a stationary pointer. Those events are ignored.
            onPointerMove={(event) => {
              if (event.movementX !== 0 || event.movementY !== 0) setPointerOverRows(true)
            }}
            onPointerLeave={() => setPointerOverRows(false)}
            onKeyDown={onKeyDown}
            onFocus={(event) => {
              const id = event.target instanceof HTMLElement ? Number(event.target.dataset.orderId) : Number.NaN
              if (!Number.isNaN(id)) setActiveId(id)
            }}
          >
            {shown.map((index) => (
              <OrderTableRow
                key={ids[index] ?? `position ${index}`}
                id={ids[index]}
                index={index}
                top={index * ROW_HEIGHT + view.offset}
                columns={shownColumns}
                isTabStop={index === activeIndex}
                onPick={onPick}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
