import { type RefObject, useCallback, useEffect } from 'react'
import { selectedCount, useSelection } from '../order-list/order-selection'
import { applyPendingChanges, useOrders } from '../order-list/orders-store'
import { ROW_HEIGHT } from './row-window'

const APPLY_AFTER_MS = 400

/**
 * Applies pending changes to the list shortly after the user stops using its rows. Returns a function to call when the
 * rows lose focus.
 */
export function useApplyPendingChanges(scroller: RefObject<HTMLDivElement | null>, isPointerOverRows: boolean): () => void {
  const rows = useOrders((state) => state.rows)
  const newCount = useOrders((state) => state.newCount)
  const hasSelection = useSelection((state) => selectedCount(state.selected) > 0)

  const apply = useCallback(() => {
    const box = scroller.current
    const isInUse = box === null || box.contains(document.activeElement)
    if (!isInUse && selectedCount(useSelection.getState().selected) === 0) applyPendingChanges(box.scrollTop < ROW_HEIGHT)
  }, [scroller])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change restarts the timer
  useEffect(() => {
    if (isPointerOverRows) return
    const timer = setTimeout(apply, APPLY_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isPointerOverRows, newCount, rows, hasSelection, apply])

  return () => {
    setTimeout(() => {
      if (!isPointerOverRows) apply()
    }, APPLY_AFTER_MS)
  }
}
