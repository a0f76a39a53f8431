import { type RefObject, useCallback, useEffect } from 'react'
import { selectedCount, useSelection } from '../order-list/order-selection'
import { settleOrders, useOrders } from '../order-list/orders-store'
import { ROW_HEIGHT } from './row-window'

const SETTLE_AFTER_MS = 400

/** Applies pending changes to the list when nobody is using its rows. Returns a function to call when the focus leaves them. */
export function useSettling(scroller: RefObject<HTMLDivElement | null>, isPointerOverRows: boolean): () => void {
  const rows = useOrders((state) => state.rows)
  const newCount = useOrders((state) => state.newCount)
  const hasSelection = useSelection((state) => selectedCount(state.selected) > 0)

  const settle = useCallback(() => {
    const box = scroller.current
    const isInUse = box === null || box.contains(document.activeElement)
    if (!isInUse && selectedCount(useSelection.getState().selected) === 0) settleOrders(box.scrollTop < ROW_HEIGHT)
  }, [scroller])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change restarts the timer
  useEffect(() => {
    if (isPointerOverRows) return
    const timer = setTimeout(settle, SETTLE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isPointerOverRows, newCount, rows, hasSelection, settle])

  return () => {
    setTimeout(() => {
      if (!isPointerOverRows) settle()
    }, SETTLE_AFTER_MS)
  }
}
