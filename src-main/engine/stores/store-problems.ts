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
