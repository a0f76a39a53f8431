import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { orderScroll, readRows, useOrders } from '../order-list/orders-store'
import { ROW_HEIGHT, rowsAt, scaleOf, scrollTopFor } from './row-window'

interface RowWindow {
  first: number
  last: number
  /** Added to a row's position in the list to get its position in the box; 0 unless the list is scrolled at a scale. */
  offset: number
  /** Height of all rows in the box. */
  height: number
}

/** The rows to render and their position while the person scrolls. Loads rows that are not loaded yet. */
export function useRowWindow(
  scroller: RefObject<HTMLDivElement | null>,
): RowWindow & { pageRows: () => number; showRow: (index: number) => void } {
  const total = useOrders((state) => state.total)
  const ids = useOrders((state) => state.ids)
  const generation = useOrders((state) => state.generation)
  const [shown, setShown] = useState<RowWindow>({ first: 0, last: 40, offset: 0, height: total * ROW_HEIGHT })
  /** The scroll position in pixels of the list. */
  const top = useRef(0)
  /** The box's scroll position for `top`. A different value means that the person has scrolled. */
  const scrolled = useRef(0)

  const viewHeight = useCallback(() => {
    const box = scroller.current
    return box === null ? 0 : box.clientHeight - (box.querySelector('thead')?.clientHeight ?? 0)
  }, [scroller])

  const measure = useCallback(() => {
    const box = scroller.current
    if (box === null) return
    const rowCount = useOrders.getState().total
    const { height, factor } = scaleOf(rowCount, viewHeight())
    if (factor === 1 || Math.abs(box.scrollTop - scrolled.current) > 1) {
      top.current = box.scrollTop * factor
      scrolled.current = box.scrollTop
    }
    orderScroll.top = top.current
    orderScroll.generation = useOrders.getState().generation
    const { first, last } = rowsAt(top.current, viewHeight(), rowCount)
    const offset = factor === 1 ? 0 : Math.round(box.scrollTop - top.current)
    setShown((before) =>
      before.first === first && before.last === last && before.offset === offset && before.height === height
        ? before
        : { first, last, offset, height },
    )
    void readRows(first, last)
  }, [scroller, viewHeight])

  const moveTo = useCallback(
    (wanted: number) => {
      const box = scroller.current
      if (box === null) return
      const rowCount = useOrders.getState().total
      const { factor } = scaleOf(rowCount, viewHeight())
      top.current = Math.max(0, Math.min(wanted, rowCount * ROW_HEIGHT - viewHeight()))
      box.scrollTop = top.current / factor
      scrolled.current = box.scrollTop
      measure()
    },
    [scroller, viewHeight, measure],
  )

  // A new list starts at the top. A list that the person returns to keeps its scroll position.
  useLayoutEffect(() => {
    const wanted = orderScroll.generation === generation ? orderScroll.top : 0
    setShown((before) => ({ ...before, height: scaleOf(useOrders.getState().total, viewHeight()).height }))
    const frame = requestAnimationFrame(() => moveTo(wanted))
    return () => cancelAnimationFrame(frame)
  }, [generation, moveTo, viewHeight])

  // biome-ignore lint/correctness/useExhaustiveDependencies: measures again if the list changes
  useLayoutEffect(measure, [ids, total, measure])

  useEffect(() => {
    const box = scroller.current
    return box === null ? undefined : observeBox(box, { measure, viewHeight, moveBy: (pixels) => moveTo(top.current + pixels) })
  }, [scroller, measure, moveTo, viewHeight])

  return {
    ...shown,
    pageRows: () => Math.max(1, Math.floor(viewHeight() / ROW_HEIGHT) - 1),
    showRow: (index) => moveTo(scrollTopFor(index, top.current, viewHeight())),
  }
}

interface BoxObserver {
  /** Called after the box was scrolled or resized. */
  measure: () => void
  viewHeight: () => number
  /** Scrolls by this many pixels of the list. */
  moveBy: (pixels: number) => void
}

/** Observes the size, the scroll position and the wheel of the box. Returns a function that stops this. */
function observeBox(box: HTMLElement, { measure, viewHeight, moveBy }: BoxObserver): () => void {
  const observer = new ResizeObserver(measure)
  observer.observe(box)
  // At a scale, the wheel must scroll the list by the usual distance, not multiplied by the factor.
  const onWheel = (event: WheelEvent) => {
    if (event.deltaY === 0 || event.ctrlKey || event.shiftKey || scaleOf(useOrders.getState().total, viewHeight()).factor === 1) return
    event.preventDefault()
    moveBy(event.deltaY * pixelsPerUnit(event, viewHeight()))
  }
  box.addEventListener('wheel', onWheel, { passive: false })
  box.addEventListener('scroll', measure)
  return () => {
    observer.disconnect()
    box.removeEventListener('wheel', onWheel)
    box.removeEventListener('scroll', measure)
  }
}

function pixelsPerUnit({ deltaMode }: WheelEvent, viewHeight: number): number {
  if (deltaMode === WheelEvent.DOM_DELTA_LINE) return ROW_HEIGHT
  return deltaMode === WheelEvent.DOM_DELTA_PAGE ? viewHeight : 1
}
