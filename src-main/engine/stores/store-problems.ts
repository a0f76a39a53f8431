import { UPDATE_PROBLEMS } from '../problems/problems'

/** The key of the problem of a store that can't be read. */
export function storeProblemKey(sourceId: number): string {
  return `store-${sourceId}`
}

/** The key of the problem for a status that the office hasn't decided about. */
export function unknownStatusKey(sourceId: number, status: string): string {
  return `store-status-${sourceId}-${status}`
}

/** The beginning of the keys of the problems for a source's orders that can't be read. The order's own id follows. */
export function unreadableOrderPrefix(sourceId: number): string {
  return `store-order-${sourceId}-`
}

/** The beginning of the keys of the problem that many of a source's orders are gone. The id of the newest of them follows. */
export function manyGonePrefix(sourceId: number): string {
  return `store-many-gone-${sourceId}-`
}

/** The key of the problem that the store has deleted an order. */
export function orderGoneKey(orderId: number): string {
  return `store-gone-${orderId}`
}

/** The key of the problem that nothing can be written to a store, or that one update can't be. */
export function updateProblemKey(sourceId: number, updateId?: number): string {
  return `${UPDATE_PROBLEMS}${sourceId}${updateId === undefined ? '' : `-${updateId}`}`
}

/** What a problem with writing to a store is about. `updateId` is null if nothing can be written to it. Null for any other problem. */
export function parseUpdateProblem(key: string): { sourceId: number; updateId: number | null } | null {
  const [, sourceId, updateId] = key.startsWith(UPDATE_PROBLEMS) ? (/^(\d+)(?:-(\d+))?$/.exec(key.slice(UPDATE_PROBLEMS.length)) ?? []) : []
  return sourceId === undefined ? null : { sourceId: Number(sourceId), updateId: updateId === undefined ? null : Number(updateId) }
}
