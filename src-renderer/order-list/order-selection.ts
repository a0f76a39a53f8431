import { create } from 'zustand'
import type { OrderSelection } from '../../src-shared/contract/contract'
import { ordersText } from '../text/orders-text'
import { notifyFailure } from '../widgets/notify'
import { toOrderFilter } from './order-filter'
import { useOrderView } from './order-view'

const MAX_LISTED_IDS = 50_000

/** The selected orders: either some by id, or the whole list (as of `newestId`, with `total` orders) except some. */
export type Selected =
  | { kind: 'some'; ids: ReadonlySet<number> }
  | { kind: 'all'; except: ReadonlySet<number>; newestId: number; total: number }

const NOTHING: Selected = { kind: 'some', ids: new Set() }

/** The selected orders of View Orders. */
export const useSelection = create<{ selected: Selected }>(() => ({ selected: NOTHING }))

/** True if the order is selected. */
export function isSelected(selected: Selected, id: number): boolean {
  return selected.kind === 'some' ? selected.ids.has(id) : id <= selected.newestId && !selected.except.has(id)
}

/** The number of selected orders. */
export function selectedCount(selected: Selected): number {
  return selected.kind === 'some' ? selected.ids.size : Math.max(0, selected.total - selected.except.size)
}

/** The selection with some orders added or removed. */
export function withSelected(selected: Selected, ids: readonly number[], isOn: boolean): Selected {
  const set = new Set(selected.kind === 'some' ? selected.ids : selected.except)
  const isAdded = (selected.kind === 'some') === isOn
  for (const id of ids) {
    if (isAdded) set.add(id)
    else set.delete(id)
  }
  return selected.kind === 'some' ? { kind: 'some', ids: set } : { ...selected, except: set }
}

function change(next: Selected): void {
  if ((next.kind === 'some' ? next.ids : next.except).size > MAX_LISTED_IDS) notifyFailure(ordersText.actions.tooMany)
  else useSelection.setState({ selected: next })
}

/** Toggles the selection of an order. */
export function toggleSelected(id: number): void {
  const { selected } = useSelection.getState()
  change(withSelected(selected, [id], !isSelected(selected, id)))
}

/** Selects these orders, instead of or in addition to the current selection. */
export function selectOrders(ids: readonly number[], isInAddition: boolean): void {
  change(withSelected(isInAddition ? useSelection.getState().selected : NOTHING, ids, true))
}

/** Selects the whole list, including orders that are not loaded yet. */
export function selectAll(newestId: number, total: number): void {
  change({ kind: 'all', except: new Set(), newestId, total })
}

/** Clears the selection. */
export function clearSelection(): void {
  if (selectedCount(useSelection.getState().selected) > 0 || useSelection.getState().selected.kind === 'all') change(NOTHING)
}

/** The selection as input for the engine. `inOrder` sorts ids in list order. */
export function toOrderSelection(selected: Selected, inOrder: (ids: ReadonlySet<number>) => number[]): OrderSelection {
  if (selected.kind === 'some') return { ids: inOrder(selected.ids) }
  const { newestId, except } = selected
  return { filter: toOrderFilter(useOrderView.getState().filter) ?? {}, newestId, except: [...except] }
}
