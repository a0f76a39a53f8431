import { type RawBuilder, sql } from 'kysely'

/** Values for `in`, as one parameter: the statement is the same for any number of them, and so is prepared once. */
export function valueList<Value extends string | number>(values: readonly Value[]): RawBuilder<Value> {
  return sql<Value>`(select value from json_each(${JSON.stringify(values)}))`
}
