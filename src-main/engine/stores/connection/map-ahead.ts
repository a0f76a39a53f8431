/**
 * Maps items in their order, with up to `count` calls of `map` running ahead of the consumer. A result is returned as soon as it is there and it is its
 * turn, even if the next item is not there yet. After an error, no further item is begun.
 */
export async function* mapAhead<In, Out>(
  items: AsyncIterable<In> | Iterable<In>,
  count: number,
  map: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  const running: Promise<Out>[] = []
  let next: Promise<IteratorResult<In>> | null = null
  let isOver = false
  try {
    while (!isOver || running.length > 0) {
      if (!isOver && running.length < count) next ??= unobserved(Promise.resolve(source.next()))
      const [first] = running
      const turn = await firstOf(first, next)
      if (turn === 'first') {
        running.shift()
        yield await (first as Promise<Out>)
      } else {
        const item = await (next as Promise<IteratorResult<In>>)
        next = null
        if (item.done === true) isOver = true
        else running.push(unobserved(map(item.value)))
      }
    }
  } finally {
    await Promise.allSettled([...running, next])
    if (!isOver) await source.return?.()
  }
}

/** Which of the two is settled first; `first` if both are. */
async function firstOf(first: Promise<unknown> | undefined, next: Promise<unknown> | null): Promise<'first' | 'next'> {
  const settled = (promise: Promise<unknown>, name: 'first' | 'next') =>
    promise.then(
      () => name,
      () => name,
    )
  if (first === undefined) return 'next'
  return next === null ? 'first' : Promise.race([settled(first, 'first'), settled(next, 'next')])
}

/** The consumer gets the error in its turn; until then, it must not count as unhandled. */
function unobserved<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}
