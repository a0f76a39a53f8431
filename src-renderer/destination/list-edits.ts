/** A copy of the list with the item at `from` moved to `to`; unchanged if either index is out of range. */
export function moved<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const item = list[from]
  if (item === undefined || to < 0 || to >= list.length) return [...list]
  const rest = list.filter((_, index) => index !== from)
  return [...rest.slice(0, to), item, ...rest.slice(to)]
}

/** A copy of the list with the item at `index` replaced. */
export function replaced<Item>(list: readonly Item[], index: number, item: Item): Item[] {
  return list.map((current, position) => (position === index ? item : current))
}

/** A copy of the list without the item at `index`. */
export function without<Item>(list: readonly Item[], index: number): Item[] {
  return list.filter((_, position) => position !== index)
}

/** A copy of the list with an item inserted before the one at `index`. */
export function inserted<Item>(list: readonly Item[], index: number, item: Item): Item[] {
  return [...list.slice(0, index), item, ...list.slice(index)]
}
