/** The list with the item at `from` put at `to`; the same list where there is no such place. */
export function moved<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const item = list[from]
  if (item === undefined || to < 0 || to >= list.length) return [...list]
  const rest = list.filter((_, index) => index !== from)
  return [...rest.slice(0, to), item, ...rest.slice(to)]
}

/** The list with another item in place of the one at `at`. */
export function replaced<Item>(list: readonly Item[], at: number, item: Item): Item[] {
  return list.map((one, index) => (index === at ? item : one))
}

/** The list without the item at `at`. */
export function without<Item>(list: readonly Item[], at: number): Item[] {
  return list.filter((_, index) => index !== at)
}

/** The list with an item put in before the one at `at`. */
export function inserted<Item>(list: readonly Item[], at: number, item: Item): Item[] {
  return [...list.slice(0, at), item, ...list.slice(at)]
}
