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
import { useRowWindow } from './use-row-window'
import { useSettling } from './use-settling'
import { useTableKeys } from './use-table-keys'

function NewOrders() {
  const count = useOrders((state) => state.newCount)
  return count === 0 ? null : (
    <Button className="new-above" radius="xl" leftSection={<IconArrowUp size={15} aria-hidden />} onClick={() => void loadOrders()}>
      {ordersText.table.newOrders(count)}
    </Button>
  )
}

/** The table of View Orders. Only the visible rows are in the document, and rows don't move while a person uses the list. */
export function OrdersTable() {
  const ids = useOrders((state) => state.ids)
  const total = useOrders((state) => state.total)
  const isLoading = useOrders((state) => state.isLoading)
  const widths = useOrderView((state) => state.widths)
  const columns = useShownColumns()
  const columnKey = columns.join()
  // Keeps the same array while the columns are the same, so that the rows do not render again.
  const shownColumns = useMemo(() => columnKey.split(',') as typeof columns, [columnKey])
  const tracks = gridTracks(shownColumns, widths)

  const scroller = useRef<HTMLDivElement>(null)
  const [isPointerOverRows, setPointerOverRows] = useState(false)
  const view = useRowWindow(scroller)
  const { activeIndex, setActiveId, onKeyDown, onPick } = useTableKeys({ scroller, ...view })

  // `npm run bench` uses this mark to measure the start time.
  useEffect(() => void performance.mark('orders shown'), [])

  const settleSoon = useSettling(scroller, isPointerOverRows)

  const shown: number[] = []
  for (let index = view.first; index < Math.min(view.last, total); index += 1) shown.push(index)
  // The row that Tab focuses stays in the document, so that the keyboard position is never lost.
  if (activeIndex < ids.length && !shown.includes(activeIndex)) shown.push(activeIndex)

  return (
    <div className="orders-frame">
      <NewOrders />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only detects whether a person uses the rows */}
      <div ref={scroller} className="orders-scroll" onBlur={settleSoon}>
        <table className="orders-table" aria-label={ordersText.table.label} aria-rowcount={total + 1} aria-busy={isLoading}>
          <OrderTableHead columns={shownColumns} tracks={tracks} />
          <tbody
            style={{ height: view.height, ['--order-columns' as string]: tracks }}
            // Browsers also send this event if the rows move under a resting pointer. Such events are ignored.
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
