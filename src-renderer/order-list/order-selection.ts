import { create } from 'zustand'
import type { OrderSelection } from '../../src-shared/contract/contract'
import { ordersText } from '../text/orders-text'
import { notifyFailure } from '../widgets/notify'
import { toOrderFilter } from './order-filter'
import { useOrderView } from './order-view'

const MOST = 50_000

/** Which orders are selected: these, or all of the list as it was (newest order `newestId`, `total` of them) except some. */
export type Selected =
  | { kind: 'some'; ids: ReadonlySet<number> }
  | { kind: 'all'; except: ReadonlySet<number>; newestId: number; total: number }

const NOTHING: Selected = { kind: 'some', ids: new Set() }

/** The selected orders of View Orders. */
export const useSelection = create<{ selected: Selected }>(() => ({ selected: NOTHING }))

/** True for a selected order. */
export function isSelected(selected: Selected, id: number): boolean {
  return selected.kind === 'some' ? selected.ids.has(id) : id <= selected.newestId && !selected.except.has(id)
}

/** How many orders are selected. */
export function selectedCount(selected: Selected): number {
  return selected.kind === 'some' ? selected.ids.size : Math.max(0, selected.total - selected.except.size)
}

/** Selects or unselects orders, on top of what is selected. */
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
  if ((next.kind === 'some' ? next.ids : next.except).size > MOST) notifyFailure(ordersText.actions.tooMany)
  else useSelection.setState({ selected: next })
}

/** Selects or unselects one order. */
export function toggleSelected(id: number): void {
  const { selected } = useSelection.getState()
  change(withSelected(selected, [id], !isSelected(selected, id)))
}

/** Selects these orders; in place of what was selected, or in addition. */
export function selectOrders(ids: readonly number[], isInAddition: boolean): void {
  change(withSelected(isInAddition ? useSelection.getState().selected : NOTHING, ids, true))
}

/** Selects everything that the list holds, read or not. */
export function selectAll(newestId: number, total: number): void {
  change({ kind: 'all', except: new Set(), newestId, total })
}

/** Selects nothing. */
export function clearSelection(): void {
  if (selectedCount(useSelection.getState().selected) > 0 || useSelection.getState().selected.kind === 'all') change(NOTHING)
}

/** The selection as the engine takes it; `inOrder` sorts ids as the list does. */
export function toOrderSelection(selected: Selected, inOrder: (ids: ReadonlySet<number>) => number[]): OrderSelection {
  if (selected.kind === 'some') return { ids: inOrder(selected.ids) }
  const { newestId, except } = selected
  return { filter: toOrderFilter(useOrderView.getState().filter) ?? {}, newestId, except: [...except] }
}
