/**
 * A query string as PHP reads it: `status[]=a&status[]=b` and `status[0]=a` are one list, and the last of equal names
 * wins.
 */
export class QueryParameters {
  /** All pairs in order, decoded. */
  readonly pairs: readonly [name: string, value: string][]

  constructor(query: string) {
    const counts = new Map<string, number>()
    const numbered = (name: string): string => {
      if (!name.endsWith('[]')) return name
      const list = name.slice(0, -2)
      const index = counts.get(list) ?? 0
      counts.set(list, index + 1)
      return `${list}[${index}]`
    }
    this.pairs = [...new URLSearchParams(query)].map(([name, value]) => [numbered(name), value])
  }

  get(name: string): string | undefined {
    return this.pairs.findLast(([own]) => own === name)?.[1]
  }

  /** The values of a list: `include=1,2`, `include[]=1&include[]=2` or `include[0]=1`. Undefined if it isn't given. */
  list(name: string): string[] | undefined {
    const single = this.get(name)
    if (single !== undefined) return single.split(/[\s,]+/).filter((value) => value !== '')
    const values = this.pairs.filter(([own]) => own.startsWith(`${name}[`)).map(([, value]) => value)
    return values.length > 0 ? values : undefined
  }

  /** The names that are given, without the brackets of lists. */
  get names(): string[] {
    return [...new Set(this.pairs.map(([name]) => name.replace(/\[.*$/, '')))]
  }
}
