import { type RawBuilder, sql } from 'kysely'

/** Values for `in`, as one parameter. The statement is the same for any number of values, so it is prepared only once. */
export function valueList<Value extends string | number>(values: readonly Value[]): RawBuilder<Value> {
  return sql<Value>`(select value from json_each(${JSON.stringify(values)}))`
}
