import { create } from 'zustand'
import type { OrderSelection } from '../../src-shared/contract/contract'
import { ordersText } from '../text/orders-text'
import { notifyFailure } from '../widgets/notify'
import { toOrderFilter } from './order-filter'
import { useOrderView } from './order-view'

const MAX_LISTED_IDS = 50_000

/** The selected orders: some orders by id, or all orders of the list up to `newestId` (`total` orders) except some. */
export type Selected =
  | { kind: 'some'; ids: ReadonlySet<number> }
  | { kind: 'all'; except: ReadonlySet<number>; newestId: number; total: number }

const NONE_SELECTED: Selected = { kind: 'some', ids: new Set() }

/** The selected orders of View Orders. */
export const useSelection = create<{ selected: Selected }>(() => ({ selected: NONE_SELECTED }))

/** True if the order is selected. */
export function isSelected(selected: Selected, id: number): boolean {
  return selected.kind === 'some' ? selected.ids.has(id) : id <= selected.newestId && !selected.except.has(id)
}

/** The number of selected orders. */
export function selectedCount(selected: Selected): number {
  return selected.kind === 'some' ? selected.ids.size : Math.max(0, selected.total - selected.except.size)
}

/** The selection with these orders added, or removed if `isOn` is false. */
export function withSelected(selected: Selected, ids: readonly number[], isOn: boolean): Selected {
  const set = new Set(selected.kind === 'some' ? selected.ids : selected.except)
  const isAdded = (selected.kind === 'some') === isOn
  for (const id of ids) {
    if (isAdded) set.add(id)
    else set.delete(id)
  }
  return selected.kind === 'some' ? { kind: 'some', ids: set } : { ...selected, except: set }
}

function setSelected(next: Selected): void {
  if ((next.kind === 'some' ? next.ids : next.except).size > MAX_LISTED_IDS) notifyFailure(ordersText.actions.tooMany)
  else useSelection.setState({ selected: next })
}

/** Toggles the selection of an order. */
export function toggleSelected(id: number): void {
  const { selected } = useSelection.getState()
  setSelected(withSelected(selected, [id], !isSelected(selected, id)))
}

/** Selects these orders, either in addition to the current selection or in place of it. */
export function selectOrders(ids: readonly number[], isAdditive: boolean): void {
  setSelected(withSelected(isAdditive ? useSelection.getState().selected : NONE_SELECTED, ids, true))
}

/** Selects the whole list, including orders that are not loaded yet. */
export function selectAll(newestId: number, total: number): void {
  setSelected({ kind: 'all', except: new Set(), newestId, total })
}

/** Clears the selection. */
export function clearSelection(): void {
  if (selectedCount(useSelection.getState().selected) > 0 || useSelection.getState().selected.kind === 'all') setSelected(NONE_SELECTED)
}

/** The selection as input for the engine. `sortIds` sorts ids in the order of the list. */
export function toOrderSelection(selected: Selected, sortIds: (ids: ReadonlySet<number>) => number[]): OrderSelection {
  if (selected.kind === 'some') return { ids: sortIds(selected.ids) }
  const { newestId, except } = selected
  return { filter: toOrderFilter(useOrderView.getState().filter) ?? {}, newestId, except: [...except] }
}
