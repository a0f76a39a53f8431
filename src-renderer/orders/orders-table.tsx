import { Button } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { counted } from '../text/dates'
import { OrderTableRow } from './order-table-row'
import { loadMoreOrders, orderScroll, useOrders } from './orders-store'

/** Height of a row in pixels; base of the windowing, the same as in orders.css. */
const ROW_HEIGHT = 44
const ROWS_AROUND = 8
const ROWS_BEFORE_MORE = 30

interface Range {
  first: number
  last: number
}

function visibleRange(scroller: HTMLElement): Range {
  const first = Math.max(0, Math.floor(scroller.scrollTop / ROW_HEIGHT) - ROWS_AROUND)
  return { first, last: first + Math.ceil(scroller.clientHeight / ROW_HEIGHT) + 2 * ROWS_AROUND }
}

/** The table of View Orders: only the rows in view are in the document. */
export function OrdersTable() {
  const ids = useOrders((state) => state.ids)
  const hasMore = useOrders((state) => state.next !== null)
  const generation = useOrders((state) => state.generation)
  const isLoading = useOrders((state) => state.isLoading)

  const scroller = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState<Range>({ first: 0, last: 40 })
  const [activeId, setActiveId] = useState<number | null>(null)
  const [newAbove, setNewAbove] = useState(0)
  const focusWanted = useRef<number | null>(null)
  const isPointerInside = useRef(false)
  const anchor = useRef<{ id: number | undefined; index: number }>({ id: undefined, index: 0 })

  const measure = useCallback(() => {
    const box = scroller.current
    if (box === null) return
    const { ids: current, generation: shown } = useOrders.getState()
    const topIndex = Math.min(Math.max(0, Math.floor(box.scrollTop / ROW_HEIGHT)), Math.max(0, current.length - 1))
    anchor.current = { id: current[topIndex], index: topIndex }
    orderScroll.top = box.scrollTop
    orderScroll.generation = shown
    if (box.scrollTop < ROW_HEIGHT) setNewAbove(0)
    const next = visibleRange(box)
    setRange((range) => (range.first === next.first && range.last === next.last ? range : next))
    if (next.last > current.length - ROWS_BEFORE_MORE) void loadMoreOrders()
  }, [])

  // A new list starts at its top; the list that the person left is shown where they left it.
  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null) return
    box.scrollTop = orderScroll.generation === generation ? orderScroll.top : 0
    setNewAbove(0)
    measure()
  }, [generation, measure])

  // Rows that came in above what the person looks at push nothing: the scroll position moves with them.
  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null) return
    const { id, index } = anchor.current
    const now = id === undefined ? -1 : ids.indexOf(id)
    const moved = now - index
    const isLookedAt = box.scrollTop > 0 || isPointerInside.current || box.contains(document.activeElement)
    if (now !== -1 && moved > 0 && isLookedAt) {
      box.scrollTop += moved * ROW_HEIGHT
      setNewAbove((count) => count + moved)
    }
    measure()
  }, [ids, measure])

  useEffect(() => {
    const box = scroller.current
    if (box === null) return
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    return () => observer.disconnect()
  }, [measure])

  useEffect(() => {
    if (focusWanted.current === null) return
    const button = scroller.current?.querySelector<HTMLElement>(`[data-order-id="${focusWanted.current}"]`)
    if (button === undefined || button === null) return
    focusWanted.current = null
    button.focus({ preventScroll: true })
  })

  const moveTo = (index: number) => {
    const box = scroller.current
    const id = ids[Math.max(0, Math.min(ids.length - 1, index))]
    if (box === null || id === undefined) return
    const top = ids.indexOf(id) * ROW_HEIGHT
    const head = box.querySelector('thead')?.clientHeight ?? 0
    if (top < box.scrollTop) box.scrollTop = top
    else if (top + ROW_HEIGHT > box.scrollTop + box.clientHeight - head) box.scrollTop = top + ROW_HEIGHT - box.clientHeight + head
    focusWanted.current = id
    setActiveId(id)
    measure()
  }

  const activeIndex = activeId === null ? 0 : Math.max(0, ids.indexOf(activeId))

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2)
    const steps: Partial<Record<string, number>> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + page,
      PageUp: activeIndex - page,
      Home: 0,
      End: ids.length - 1,
    }
    const target = steps[event.key]
    if (target === undefined) return
    event.preventDefault()
    moveTo(target)
  }

  const shown: number[] = []
  for (let index = range.first; index < Math.min(range.last, ids.length); index += 1) shown.push(index)
  // The row that Tab reaches stays in the document, so that the keyboard never loses its place.
  if (activeIndex < ids.length && !shown.includes(activeIndex)) shown.push(activeIndex)

  return (
    <div className="orders-frame">
      {newAbove > 0 && (
        <Button
          className="new-above"
          radius="xl"
          leftSection={<IconArrowUp size={15} aria-hidden />}
          onClick={() => scroller.current?.scrollTo({ top: 0 })}
        >
          {counted(newAbove, 'new order')}
        </Button>
      )}
      <div
        ref={scroller}
        className="orders-scroll"
        onScroll={measure}
        onPointerEnter={() => {
          isPointerInside.current = true
        }}
        onPointerLeave={() => {
          isPointerInside.current = false
        }}
      >
        <table className="orders-table" aria-label="Orders" aria-rowcount={hasMore ? -1 : ids.length + 1} aria-busy={isLoading}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col">Order Number</th>
              <th scope="col">Date</th>
              <th scope="col">Customer</th>
              <th scope="col" className="number">
                Total
              </th>
              <th scope="col">Status</th>
              <th scope="col">Sync</th>
              <th scope="col" className="order-destination">
                Destination
              </th>
            </tr>
          </thead>
          <tbody
            style={{ height: ids.length * ROW_HEIGHT }}
            onKeyDown={onKeyDown}
            onFocus={(event) => {
              const id = event.target instanceof HTMLElement ? Number(event.target.dataset.orderId) : Number.NaN
              if (!Number.isNaN(id)) setActiveId(id)
            }}
          >
            {shown.map((index) => {
              const id = ids[index]
              return id === undefined ? null : (
                <OrderTableRow key={id} id={id} index={index} top={index * ROW_HEIGHT} isTabStop={index === activeIndex} />
              )
            })}
          </tbody>
        </table>
      </div>
    </div>
  )
}
