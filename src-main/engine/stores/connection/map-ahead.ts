/** Maps items in their order, with up to `count` calls of `map` running ahead of the consumer. After an error, no further item is begun. */
export async function* mapAhead<In, Out>(
  items: AsyncIterable<In> | Iterable<In>,
  count: number,
  map: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const running: Promise<Out>[] = []
  try {
    for await (const item of items) {
      const result = map(item)
      // The consumer gets the error in its turn; until then, it must not count as unhandled.
      result.catch(() => {})
      running.push(result)
      if (running.length >= count) yield await (running.shift() as Promise<Out>)
    }
    while (running.length > 0) yield await (running.shift() as Promise<Out>)
  } finally {
    await Promise.allSettled(running)
  }
}
