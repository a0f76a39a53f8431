import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { orderScroll, readRows, useOrders } from '../order-list/orders-store'
import { ROW_HEIGHT, rowsAt, scaleOf, topShowing } from './row-window'

interface RowWindow {
  first: number
  last: number
  /** Added to a row's place in the list to get its place in the box; 0 unless the list is scrolled in a scale. */
  offset: number
  /** Height of all rows in the box. */
  height: number
}

/** Which rows of the list are drawn and where, as the person scrolls; reads those that are not there yet. */
export function useRowWindow(
  scroller: RefObject<HTMLDivElement | null>,
): RowWindow & { pageRows: () => number; showRow: (index: number) => void } {
  const total = useOrders((state) => state.total)
  const ids = useOrders((state) => state.ids)
  const generation = useOrders((state) => state.generation)
  const [shown, setShown] = useState<RowWindow>({ first: 0, last: 40, offset: 0, height: total * ROW_HEIGHT })
  /** Where the list stands, in pixels of the list. */
  const top = useRef(0)
  /** The scroll position that belongs to it: only another one is the person's. */
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

  // A new list starts at its top; the list that the person left is shown where they left it.
  useLayoutEffect(() => {
    const wanted = orderScroll.generation === generation ? orderScroll.top : 0
    setShown((before) => ({ ...before, height: scaleOf(useOrders.getState().total, viewHeight()).height }))
    const frame = requestAnimationFrame(() => moveTo(wanted))
    return () => cancelAnimationFrame(frame)
  }, [generation, moveTo, viewHeight])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, or more of it, is measured anew
  useLayoutEffect(measure, [ids, total, measure])

  useEffect(() => {
    const box = scroller.current
    return box === null ? undefined : followBox(box, { measure, viewHeight, moveBy: (pixels) => moveTo(top.current + pixels) })
  }, [scroller, measure, moveTo, viewHeight])

  return {
    ...shown,
    pageRows: () => Math.max(1, Math.floor(viewHeight() / ROW_HEIGHT) - 1),
    showRow: (index) => moveTo(topShowing(index, top.current, viewHeight())),
  }
}

interface BoxFollower {
  /** Called after the box was scrolled or got another size. */
  measure: () => void
  viewHeight: () => number
  /** Moves the list by so many pixels of the list. */
  moveBy: (pixels: number) => void
}

/** Follows the size, the scrolling and the wheel of the box; gives how to stop. */
function followBox(box: HTMLElement, { measure, viewHeight, moveBy }: BoxFollower): () => void {
  const observer = new ResizeObserver(measure)
  observer.observe(box)
  // In a scale a turn of the wheel moves the list by as much as in any other, not by the factor.
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
