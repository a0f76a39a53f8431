import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { loadRows, orderScroll, useOrders } from '../order-list/orders-store'
import { listTopFor, ROW_HEIGHT, rowsAt, scaleOf } from './row-window'

interface RowWindow {
  /** The rows to render: from `first` up to, but not including, `end`. */
  first: number
  end: number
  /** Pixels to add to a row's position in the list to get its position in the box; 0 unless scrolling is scaled. */
  offset: number
  /** Height of the scrolled content in pixels. */
  height: number
}

/**
 * The rows to render and their position, updated as the user scrolls. Loads rows that are not loaded yet. `rowsPerPage`
 * returns the number of rows that Page Up and Page Down move by; `showRow` scrolls a row into view.
 */
export function useRowWindow(
  scroller: RefObject<HTMLDivElement | null>,
): RowWindow & { rowsPerPage: () => number; showRow: (index: number) => void } {
  const total = useOrders((state) => state.total)
  const ids = useOrders((state) => state.ids)
  const generation = useOrders((state) => state.generation)
  const [shown, setShown] = useState<RowWindow>({ first: 0, end: 40, offset: 0, height: total * ROW_HEIGHT })
  /** The scroll position in pixels from the start of the list. */
  const top = useRef(0)
  /** The box's `scrollTop` when `top` was set. A different value means that the user has scrolled since then. */
  const lastScrollTop = useRef(0)

  const viewHeight = useCallback(() => {
    const box = scroller.current
    return box === null ? 0 : box.clientHeight - (box.querySelector('thead')?.clientHeight ?? 0)
  }, [scroller])

  const measure = useCallback(() => {
    const box = scroller.current
    if (box === null) return
    const rowCount = useOrders.getState().total
    const { height, factor } = scaleOf(rowCount, viewHeight())
    if (factor === 1 || Math.abs(box.scrollTop - lastScrollTop.current) > 1) {
      top.current = box.scrollTop * factor
      lastScrollTop.current = box.scrollTop
    }
    orderScroll.top = top.current
    orderScroll.generation = useOrders.getState().generation
    const { first, end } = rowsAt(top.current, viewHeight(), rowCount)
    const offset = factor === 1 ? 0 : Math.round(box.scrollTop - top.current)
    setShown((before) =>
      before.first === first && before.end === end && before.offset === offset && before.height === height
        ? before
        : { first, end, offset, height },
    )
    void loadRows(first, end)
  }, [scroller, viewHeight])

  const moveTo = useCallback(
    (targetTop: number) => {
      const box = scroller.current
      if (box === null) return
      const rowCount = useOrders.getState().total
      const { factor } = scaleOf(rowCount, viewHeight())
      top.current = Math.max(0, Math.min(targetTop, rowCount * ROW_HEIGHT - viewHeight()))
      box.scrollTop = top.current / factor
      lastScrollTop.current = box.scrollTop
      measure()
    },
    [scroller, viewHeight, measure],
  )

  // A new list starts at the top. A list that the person returns to keeps its scroll position.
  useLayoutEffect(() => {
    const initialTop = orderScroll.generation === generation ? orderScroll.top : 0
    setShown((before) => ({ ...before, height: scaleOf(useOrders.getState().total, viewHeight()).height }))
    const frame = requestAnimationFrame(() => moveTo(initialTop))
    return () => cancelAnimationFrame(frame)
  }, [generation, moveTo, viewHeight])

  // biome-ignore lint/correctness/useExhaustiveDependencies: measures again when the list changes
  useLayoutEffect(measure, [ids, total, measure])

  useEffect(() => {
    const box = scroller.current
    return box === null ? undefined : observeBox(box, { measure, viewHeight, moveBy: (pixels) => moveTo(top.current + pixels) })
  }, [scroller, measure, moveTo, viewHeight])

  return {
    ...shown,
    rowsPerPage: () => Math.max(1, Math.floor(viewHeight() / ROW_HEIGHT) - 1),
    showRow: (index) => moveTo(listTopFor(index, top.current, viewHeight())),
  }
}

interface BoxHandlers {
  /** Called when the box is scrolled or resized. */
  measure: () => void
  viewHeight: () => number
  /** Scrolls the list by this many of its pixels. */
  moveBy: (pixels: number) => void
}

/** Handles size changes, scrolling and the mouse wheel in the box. Returns a function that removes the handlers. */
function observeBox(box: HTMLElement, { measure, viewHeight, moveBy }: BoxHandlers): () => void {
  const observer = new ResizeObserver(measure)
  observer.observe(box)
  // If scrolling is scaled, the wheel must still move the list by the usual distance, not by `factor` times as much.
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
