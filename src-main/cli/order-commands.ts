import type { CommandInput, CommandOutput, OrderDetails } from '../../src-shared/contract/contract'
import { EXPORT_COLUMNS, NEWEST_FIRST } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { ORDER_STATUSES } from '../../src-shared/order'
import { FailureError, systemClock } from '../engine/engine'
import { call, withEngine } from './cli-engine'
import { absolutePath, print, type SharedOptions, UsageError } from './cli-output'
import { ordersText, orderText } from './cli-text'
import type { CommandEngine } from './control-client'

/** The filter options of a list of orders. */
export type Filter = NonNullable<CommandInput<'orders.list'>['filter']>

/** `orders`: lists orders, newest first. */
export function orders({ status, syncState, ...options }: SharedOptions & Filter): Promise<void> {
  return withEngine(options, async (engine) => {
    const filter = { ...(status === undefined ? {} : { status }), ...(syncState === undefined ? {} : { syncState }) }
    const all: CommandOutput<'orders.list'>['rows'] = []
    for (let after: CommandOutput<'orders.list'>['next'] = null, isFirst = true; isFirst || after !== null; isFirst = false) {
      const page: CommandOutput<'orders.list'> = await call(engine, 'orders.list', { filter, after, limit: 500 })
      all.push(...page.rows)
      after = page.next
    }
    print(options, { orders: all }, ordersText(all))
  })
}

/** Options that select one of several orders with the same number. */
export interface OrderSelector {
  source?: string
  id?: number
}

/** Parses the id of an order. Throws UsageError. */
export function parseId(text: string): number {
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id <= 0) throw new UsageError(`--id ${text}: enter a whole number.`)
  return id
}

function findOrder(engine: CommandEngine, number: string, { source, id }: OrderSelector): Promise<OrderDetails> {
  const selector = { ...(source === undefined ? {} : { source }), ...(id === undefined ? {} : { id }) }
  return call(engine, 'orders.find', { number, ...selector, mustBeUnique: true })
}

/** `order`: shows one order with its timeline. */
export function order(number: string, options: SharedOptions & OrderSelector): Promise<void> {
  return withEngine(options, async (engine) => {
    const details = await findOrder(engine, number, options)
    print(options, details, orderText(details))
  })
}

/** The options of `set-status`. */
export interface StatusOptions extends OrderSelector {
  comments: string
  notify: boolean
  append: boolean
  confirmResend: boolean
}

/** `set-status`: changes the status of an order, like Change Order Status in the window. */
export async function setOrderStatus(number: string, text: string, options: SharedOptions & StatusOptions): Promise<void> {
  const status = ORDER_STATUSES.find((name) => name.toLowerCase() === text.toLowerCase())
  if (status === undefined) throw new UsageError(`there is no status ${text}. Use one of ${ORDER_STATUSES.join(', ')}.`)
  if (options.append && !options.notify) throw new UsageError('--append requires --notify.')
  await withEngine(options, async (engine) => {
    const { id } = await findOrder(engine, number, options)
    const details = await call(engine, 'orders.changeStatus', {
      orderId: id,
      status,
      comments: options.comments,
      notifyCustomer: options.notify,
      appendComments: options.append,
      confirmResend: options.confirmResend,
    })
    print(options, details, orderText(details))
  })
}

const JOB_POLL_MS = 100

/** `export-orders`: writes the list of orders to a CSV file. */
export async function exportOrders(file: string, { status, syncState, ...options }: SharedOptions & Filter): Promise<void> {
  const filter = { ...(status === undefined ? {} : { status }), ...(syncState === undefined ? {} : { syncState }) }
  await withEngine(options, async (engine) => {
    const input = {
      selection: { filter, newestId: Number.MAX_SAFE_INTEGER, except: [] },
      sort: NEWEST_FIRST,
      columns: [...EXPORT_COLUMNS],
      path: absolutePath(file),
    }
    const { id } = await call(engine, 'orders.exportTo', input)
    for (;;) {
      const { job } = await call(engine, 'orders.job', {})
      if (job?.id !== id) throw new FailureError(EXPORT_CANCELLED)
      if (job.failure !== null) throw new FailureError(job.failure)
      if (job.state === 'cancelled') throw new FailureError(EXPORT_CANCELLED)
      if (job.state === 'done')
        return print(options, { file: job.file, orders: job.changed }, `${job.changed} orders written to ${job.file}`)
      await systemClock.sleep(JOB_POLL_MS)
    }
  })
}

const EXPORT_CANCELLED: Failure = { code: 'export-cancelled', message: 'The export was cancelled.', remedy: 'Run the command again.' }
