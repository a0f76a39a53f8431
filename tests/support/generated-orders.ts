import SqliteDatabase from 'better-sqlite3'
import { sortKey } from '../../src-main/engine/database/sort-key'
import { ORDER_STATUSES, SYNC_STATES } from '../../src-shared/order'
import { seededRandom } from '../crash/seeded-random'
import { numberedOrder, type Office } from './office'

/**
 * Fills an office's database with `count` orders by copying one that was read: in every status and sync state (most of them Completed and
 * confirmed, as in a store that has been in use for years), over a long period, in two currencies, some with the same times, names and totals.
 */
export async function generateOrders(office: Office, count: number): Promise<void> {
  await office.readOrders(numberedOrder(1))
  await office.stop()
  const sqlite = new SqliteDatabase(office.databaseFile)
  sqlite.function('sortKey', (text) => sortKey(String(text)))
  const countsByTime = new Map<number, number>()
  sqlite.function('place', { deterministic: false }, (orderedAt) => nextPlace(countsByTime, Date.parse(String(orderedAt))))
  const random = seededRandom(7)
  sqlite.function('below', { deterministic: false }, (limit) => Math.floor(random() * Number(limit)))
  // An SQL expression: usually the common value, otherwise any of the values.
  const mostly = (values: readonly string[], common: string) =>
    `case when below(10) < 8 then '${common}' else case below(${values.length}) ${values.map((value, index) => `when ${index} then '${value}'`).join(' ')} end end`
  sqlite.exec(`
    create temp table one as select * from orders limit 1;
    insert into orders
    with recursive n(n) as (select 1 union all select n + 1 from n where n < ${count - 1}),
    drawn as materialized (select n, 'C' || below(${count}) as number, 'Customer ' || below(${count} / 3 + 1) as name,
      ${mostly(ORDER_STATUSES, 'Completed')} as status, ${mostly(SYNC_STATES, 'confirmed')} as syncState,
      strftime('%Y-%m-%dT%H:%M:%fZ', 1600000000 + n / 2 * 300, 'unixepoch') as orderedAt, below(100000) as total, below(20) as foreignMoney from n)
    select ${columnsOf(sqlite)
      .map(
        (column) =>
          ({
            id: '(select id from one) + n',
            sourceOrderId: `'g' || n`,
            number: 'drawn.number',
            numberKey: 'sortKey(drawn.number)',
            customerName: 'drawn.name',
            customerKey: 'sortKey(drawn.name)',
            status: 'drawn.status',
            syncState: 'drawn.syncState',
            orderedAt: 'drawn.orderedAt',
            totalMinor: 'drawn.total',
            currency: `case when foreignMoney = 0 then 'NZD' else 'AUD' end`,
            errorCode: `case when drawn.syncState = 'failed' then 'x' end`,
            errorMessage: `case when drawn.syncState = 'failed' then 'It failed.' end`,
            errorRemedy: `case when drawn.syncState = 'failed' then 'Fix it.' end`,
          })[column] ?? `(select ${column} from one)`,
      )
      .join(', ')} from drawn;
    create temp table placed as select id, place(orderedAt) as place from orders where number like 'C%';
    insert into searchPlace (place, orderId) select place, id from placed;
    insert into orderSearch (rowid, words)
      select place, lower(number || ' ' || customerName || ' example com') from orders join placed on placed.id = orders.id;
  `)
  sqlite.close()
  await office.start()
}

/** The next place in the search index, as the product assigns it: ordered by time, with consecutive places for equal times. */
function nextPlace(countsByTime: Map<number, number>, ms: number): bigint {
  const nth = countsByTime.get(ms) ?? 0
  countsByTime.set(ms, nth + 1)
  return BigInt(ms * 2048 + nth + 1024)
}

function columnsOf(sqlite: SqliteDatabase.Database): string[] {
  return sqlite
    .prepare<[], { name: string }>(`select name from pragma_table_info('orders')`)
    .all()
    .map(({ name }) => name)
}
