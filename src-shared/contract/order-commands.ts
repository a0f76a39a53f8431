import { z } from 'zod'
import type { Failure } from '../failure'
import type { NoticePreview } from '../mail'
import type { SyncState } from '../order'
import { ORDER_STATUSES, type OrderStatus, SYNC_STATES } from '../order'
import { filePath } from '../paths'
import { command, id, query, shortText } from './define-command'
import { EXPORT_COLUMNS, NEWEST_FIRST, ORDER_SORTS } from './order-columns'
import type { OrderDetails, OrderRow, Preview, SentFile } from './order-rows'

/** The filters of View Orders. An omitted filter matches all orders. */
export const orderFilterSchema = z.strictObject({
  status: z.enum(ORDER_STATUSES).optional(),
  syncState: z.enum(SYNC_STATES).optional(),
  sourceId: id.optional(),
  /** UTC ISO 8601, inclusive. */
  from: z.iso.datetime().optional(),
  /** UTC ISO 8601, exclusive. */
  to: z.iso.datetime().optional(),
  /** Search terms. Each must match the beginning of a word in the number, customer, email or a product. */
  search: shortText.optional(),
})
export type OrderFilter = z.infer<typeof orderFilterSchema>

const orderSortSchema = z.strictObject({ by: z.enum(ORDER_SORTS), isDescending: z.boolean() })

/** Where the next page of View Orders starts: the sort keys and id of the previous page's last order. */
const orderCursorSchema = z.strictObject({
  keys: z
    .array(z.union([z.string().max(1000), z.number()]))
    .min(1)
    .max(2),
  id,
})
export type OrderCursor = z.infer<typeof orderCursorSchema>

/** The number of orders of a source with that status and sync state. */
export interface OrderCount {
  sourceId: number
  status: OrderStatus
  syncState: SyncState
  count: number
}

/** The orders of a bulk action: these ids, or all that match a filter and aren't newer than `newestId`, minus `except`. */
const orderSelectionSchema = z.union([
  z.strictObject({ ids: z.array(id).min(1).max(100_000) }),
  z.strictObject({ filter: orderFilterSchema, newestId: z.number().int().nonnegative(), except: z.array(id).max(100_000) }),
])
export type OrderSelection = z.infer<typeof orderSelectionSchema>

const bulkStatusSchema = z.strictObject({ selection: orderSelectionSchema, status: z.enum(ORDER_STATUSES) })

/** What a bulk status change would do. Every order is counted exactly once. */
export interface StatusPlan {
  total: number
  /** Orders that would change, not including `possibleDuplicates`. */
  changing: number
  /** Orders that already have the status. */
  unchanged: number
  /** Orders that are being written right now. */
  busy: number
  /** Orders that would be sent again although the accounting package may already have taken one of their files. */
  possibleDuplicates: number
}

/** A job that processes many orders in batches. Only one job runs at a time. */
export interface OrderJob {
  id: number
  kind: 'change status' | 'export'
  state: 'running' | 'done' | 'cancelled' | 'failed'
  done: number
  total: number
  /** Orders that were changed, or written to the exported list. */
  changed: number
  /** Orders that were skipped, grouped by reason, with the numbers of a few of them. */
  skipped: { failure: Failure; count: number; orders: { id: number; number: string }[] }[]
  /** Why the job failed; null if it didn't. */
  failure: Failure | null
  /** The file that the list is exported to; null for other jobs. */
  file: string | null
}

const exportSchema = z.strictObject({
  selection: orderSelectionSchema,
  sort: orderSortSchema,
  columns: z.array(z.enum(EXPORT_COLUMNS)).min(1).max(EXPORT_COLUMNS.length),
})
/** The orders to export, their sort order and the columns. */
export type ExportInput = z.infer<typeof exportSchema>

const changeStatusSchema = z.strictObject({
  orderId: id,
  status: z.enum(ORDER_STATUSES),
  comments: z.string().max(20_000).default(''),
  notifyCustomer: z.boolean().default(false),
  appendComments: z.boolean().default(false),
  /** True if the user confirmed `resendWarning`. */
  confirmResend: z.boolean().default(false),
})
export type ChangeStatusInput = z.input<typeof changeStatusSchema>

/** A single line of text as typed or pasted. Line breaks and tabs become spaces; other control characters are refused. */
const typedLine = z
  .string()
  .transform((text) => text.replaceAll(/[\r\n\t\u2028\u2029]+/g, ' ').trim())
  .refine((text) => text.length <= 200, 'at most 200 characters')
  .refine((text) => !/\p{Cc}|\p{Cs}/u.test(text), "has a character that can't be printed")
const typedCode = typedLine.refine((text) => text.length <= 100, 'at most 100 characters')

const typedAddress = z
  .strictObject({
    name: typedLine,
    company: typedLine,
    line1: typedLine,
    line2: typedLine,
    city: typedLine,
    region: typedLine,
    postcode: typedLine,
    country: typedLine,
    phone: typedLine,
    email: typedLine,
  })
  .partial()

/** The values that a user may correct before an order is sent. Omitted values don't change. */
const editOrderSchema = z.strictObject({
  orderId: id,
  /** The revision that the user edited. If the order has changed since, the edit is refused. */
  revision: z.number().int().nonnegative(),
  customer: z
    .strictObject({ code: typedCode, name: typedLine, company: typedLine, email: typedLine, phone: typedLine })
    .partial()
    .optional(),
  billTo: typedAddress.optional(),
  shipTo: typedAddress.optional(),
  reference: typedLine.optional(),
  /** Product codes by line index, from 0. */
  lineCodes: z
    .array(z.strictObject({ line: z.number().int().nonnegative(), sku: typedLine }))
    .max(5000)
    .optional(),
})

/** Commands for orders. */
export const ORDER_COMMANDS = {
  'orders.list': query<{ rows: OrderRow[]; next: OrderCursor | null }>()(
    'viewer',
    z.strictObject({
      filter: orderFilterSchema.default({}),
      sort: orderSortSchema.default(NEWEST_FIRST),
      after: orderCursorSchema.nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
  ),
  /** The list as ids only, for scrolling through any number of orders. */
  'orders.ids': query<{ ids: number[]; next: OrderCursor | null }>()(
    'viewer',
    z.strictObject({
      filter: orderFilterSchema,
      sort: orderSortSchema,
      after: orderCursorSchema.nullable(),
      limit: z.number().int().min(1).max(20_000),
    }),
  ),
  'orders.rows': query<{ rows: OrderRow[] }>()('viewer', z.strictObject({ ids: z.array(id).min(1).max(500) })),
  /** The number of matching orders, and the newest order's id. */
  'orders.count': query<{ total: number; newestId: number }>()('viewer', z.strictObject({ filter: orderFilterSchema })),
  'orders.counts': query<{ counts: OrderCount[] }>()('viewer', z.strictObject({})),
  /** Previews `orders.changeStatusOfMany`. */
  'orders.planStatusOfMany': query<StatusPlan>()('viewer', bulkStatusSchema),
  /** Starts a job that changes the status of many orders by the rules of `orders.changeStatus`. Error while a job runs: `job-running`. */
  'orders.changeStatusOfMany': command<OrderJob>()(
    'operator',
    bulkStatusSchema.extend({
      comments: z.string().max(20_000).default(''),
      /** Also sends orders again that may be entered twice. Otherwise they are skipped. */
      confirmResend: z.boolean().default(false),
    }),
  ),
  /**
   * Starts a job that exports orders to a CSV file. Only the shell may send it, because the path has to come from the
   * user, never from a page.
   */
  'orders.exportTo': command<OrderJob>()('viewer', exportSchema.extend({ path: filePath })),
  /** The running job, or the last one; null if there was none. */
  'orders.job': query<{ job: OrderJob | null }>()('viewer', z.strictObject({})),
  /** Stops the job after the current batch. Changes made so far remain. */
  'orders.cancelJob': command<{ job: OrderJob | null }>()('viewer', z.strictObject({ jobId: id })),
  'orders.get': query<OrderDetails>()('viewer', z.strictObject({ orderId: id })),
  'orders.find': query<OrderDetails>()(
    'viewer',
    z.strictObject({
      number: z.string().min(1).max(100),
      /** The name of the order's source, in case several sources have an order with that number. */
      source: z.string().max(200).optional(),
      id: z.number().int().positive().optional(),
      /** True: error `order-ambiguous` if several orders match. False: returns the newest. */
      mustBeUnique: z.boolean().default(false),
    }),
  ),
  'orders.changeStatus': command<OrderDetails>()('operator', changeStatusSchema),
  /** The email that Notify Customer would send. Errors if it can't be sent: `mail-not-configured`, `customer-email-missing`. */
  'orders.previewNotice': query<NoticePreview>()(
    'operator',
    changeStatusSchema.pick({ orderId: true, status: true, comments: true, appendComments: true }),
  ),
  'orders.edit': command<OrderDetails>()('operator', editOrderSchema),
  /** Resolves an order that needs review: a user has confirmed that it is in the accounting package. */
  'orders.markImported': command<OrderDetails>()('operator', z.strictObject({ orderId: id, reason: z.string().trim().min(1).max(2000) })),
  'orders.sentFile': query<SentFile>()('viewer', z.strictObject({ deliveryId: id })),
  /** What Write Order would write for the order right now. */
  'orders.preview': query<Preview>()('viewer', z.strictObject({ orderId: id })),
} as const
