import { type KeyboardEvent, type MouseEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import {
  clearSelection,
  isSelected,
  selectAll,
  selectedCount,
  selectOrders,
  toggleSelected,
  useSelection,
} from '../order-list/order-selection'
import { loadIdsUpTo, useOrders } from '../order-list/orders-store'

interface TableKeysOptions {
  scroller: RefObject<HTMLDivElement | null>
  rowsPerPage: () => number
  showRow: (index: number) => void
}

/** The order ids between two positions in the list, both included. */
const idsBetween = (start: number, end: number): number[] => useOrders.getState().ids.slice(Math.min(start, end), Math.max(start, end) + 1)

/**
 * Handles the selection keys: Ctrl+A selects all orders, Escape clears the selection, Space toggles the focused order.
 * Returns `all`, `none` or the toggled order's id; null for other keys.
 */
function handleSelectionKey(event: KeyboardEvent): 'all' | 'none' | number | null {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
    const { newestId, total } = useOrders.getState()
    selectAll(newestId, total)
    return 'all'
  }
  if (event.key === 'Escape' && selectedCount(useSelection.getState().selected) > 0) {
    clearSelection()
    return 'none'
  }
  if (event.key === ' ' && event.target instanceof HTMLElement && event.target.dataset.orderId !== undefined) {
    const id = Number(event.target.dataset.orderId)
    toggleSelected(id)
    return id
  }
  return null
}

/**
 * Keyboard navigation and selection in the order list. Arrow keys, Page Up, Page Down, Home and End move the focus;
 * with Shift, they also select. Space and Ctrl+click toggle one order, Shift+click selects a range, Ctrl+A selects all,
 * Escape clears the selection.
 */
export function useTableKeys({ scroller, rowsPerPage, showRow }: TableKeysOptions) {
  const [activeId, setActiveId] = useState<number | null>(null)
  const activeIndex = useOrders((state) => (activeId === null ? 0 : Math.max(0, state.ids.indexOf(activeId))))
  const pendingFocus = useRef<number | null>(null)
  /** The order at which a range selection starts: its id, because its position changes when the list does. */
  const anchor = useRef<number | null>(null)

  useEffect(() => {
    if (pendingFocus.current === null) return
    const button = scroller.current?.querySelector<HTMLElement>(`[data-order-id="${pendingFocus.current}"]`)
    if (button === undefined || button === null) return
    pendingFocus.current = null
    button.focus({ preventScroll: true })
  })

  const moveTo = async (targetIndex: number, isRange: boolean) => {
    const index = Math.max(0, Math.min(useOrders.getState().total - 1, targetIndex))
    if (index >= useOrders.getState().ids.length) {
      showRow(index)
      await loadIdsUpTo(index)
    }
    const { ids } = useOrders.getState()
    const position = Math.min(index, ids.length - 1)
    const id = ids[position]
    if (id === undefined) return
    if (isRange) {
      anchor.current ??= activeId ?? ids[0] ?? null
      selectOrders(idsBetween(Math.max(0, ids.indexOf(anchor.current ?? id)), position), false)
    } else anchor.current = null
    pendingFocus.current = id
    setActiveId(id)
    showRow(position)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const isCommand = event.ctrlKey || event.metaKey
    if (event.altKey) return
    const selected = handleSelectionKey(event)
    if (selected !== null) {
      if (selected !== 'all') anchor.current = selected === 'none' ? null : selected
      event.preventDefault()
      return
    }
    const targets: Partial<Record<string, number>> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + rowsPerPage(),
      PageUp: activeIndex - rowsPerPage(),
      Home: 0,
      End: useOrders.getState().total - 1,
    }
    const target = isCommand ? undefined : targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    void moveTo(target, event.shiftKey)
  }

  const onPick = useCallback((index: number, event: MouseEvent) => {
    const { ids } = useOrders.getState()
    const id = ids[index]
    if (id === undefined) return
    const from = anchor.current === null ? -1 : ids.indexOf(anchor.current)
    if (event.shiftKey && from !== -1) {
      const range = idsBetween(from, index)
      const { selected } = useSelection.getState()
      if (selected.kind === 'all' && range.every((rangeId) => isSelected(selected, rangeId))) return
      selectOrders(range, event.ctrlKey || event.metaKey)
      return
    }
    toggleSelected(id)
    anchor.current = id
  }, [])

  return { activeIndex, setActiveId, onKeyDown, onPick }
}
