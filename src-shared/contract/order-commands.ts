import { z } from 'zod'
import type { Failure } from '../failure'
import type { NoticePreview } from '../mail'
import type { SyncState } from '../order'
import { ORDER_STATUSES, type OrderStatus, SYNC_STATES } from '../order'
import { filePath } from '../paths'
import { command, id, query, shortText } from './define-command'
import { EXPORT_COLUMNS, NEWEST_FIRST, ORDER_SORTS } from './order-columns'
import type { OrderDetails, OrderRow, Preview, SentFile } from './order-rows'

/** Filters of View Orders; everything left out means "all". */
export const orderFilterSchema = z.strictObject({
  status: z.enum(ORDER_STATUSES).optional(),
  syncState: z.enum(SYNC_STATES).optional(),
  sourceId: id.optional(),
  /** UTC ISO 8601, inclusive. */
  from: z.iso.datetime().optional(),
  /** UTC ISO 8601, exclusive. */
  to: z.iso.datetime().optional(),
  /** Words that the number, customer, e-mail or a product starts with; all must match. */
  search: shortText.optional(),
})
export type OrderFilter = z.infer<typeof orderFilterSchema>

const orderSortSchema = z.strictObject({ by: z.enum(ORDER_SORTS), isDescending: z.boolean() })

/** Where a page of View Orders goes on: what the last order of the page before is sorted by, and its id. */
const orderCursorSchema = z.strictObject({
  keys: z
    .array(z.union([z.string().max(1000), z.number()]))
    .min(1)
    .max(2),
  id,
})
export type OrderCursor = z.infer<typeof orderCursorSchema>

/** How many orders of a source have that status and that sync state. */
export interface OrderCount {
  sourceId: number
  status: OrderStatus
  syncState: SyncState
  count: number
}

/** Orders that something is done to: these, or all that match a filter and are not newer than `newestId`, except some. */
const orderSelectionSchema = z.union([
  z.strictObject({ ids: z.array(id).min(1).max(100_000) }),
  z.strictObject({ filter: orderFilterSchema, newestId: z.number().int().nonnegative(), except: z.array(id).max(100_000) }),
])
export type OrderSelection = z.infer<typeof orderSelectionSchema>

const statusOfManySchema = z.strictObject({ selection: orderSelectionSchema, status: z.enum(ORDER_STATUSES) })

/** What a new status would do to the selected orders; every order is counted once. */
export interface StatusPlan {
  total: number
  /** Orders that would change, without those in `mayEnterTwice`. */
  changing: number
  /** Orders that have it already. */
  unchanged: number
  /** Orders that are being written at this moment. */
  busy: number
  /** Orders that would be sent again although a file of theirs may have been taken before. */
  mayEnterTwice: number
}

/** Something that is done to many orders, one batch after the other. One at a time. */
export interface OrderJob {
  id: number
  kind: 'change status' | 'export'
  state: 'running' | 'done' | 'cancelled' | 'failed'
  done: number
  total: number
  /** Orders that were changed, or written to the list. */
  changed: number
  /** Orders that were left as they are, by reason; a few of each by name. */
  leftAlone: { failure: Failure; count: number; orders: { id: number; number: string }[] }[]
  /** Why it stopped, where it failed. */
  failure: Failure | null
  /** The file that the list was exported to. */
  file: string | null
}

const exportSchema = z.strictObject({
  selection: orderSelectionSchema,
  sort: orderSortSchema,
  columns: z.array(z.enum(EXPORT_COLUMNS)).min(1).max(EXPORT_COLUMNS.length),
})
/** Which orders are exported, in which order, with which columns. */
export type ExportInput = z.infer<typeof exportSchema>

const changeStatusSchema = z.strictObject({
  orderId: id,
  status: z.enum(ORDER_STATUSES),
  comments: z.string().max(20_000).default(''),
  notifyCustomer: z.boolean().default(false),
  appendComments: z.boolean().default(false),
  /** Said by a person who has seen `resendWarning`. */
  confirmResend: z.boolean().default(false),
})
export type ChangeStatusInput = z.input<typeof changeStatusSchema>

/** One line as a person types or pastes it: line ends and tabs become blanks, other control characters are refused. */
const typedLine = z
  .string()
  .transform((text) => text.replaceAll(/[\r\n\t\u2028\u2029]+/g, ' ').trim())
  .refine((text) => text.length <= 200, 'at most 200 characters')
  .refine((text) => !/\p{Cc}|\p{Cs}/u.test(text), 'has a character that cannot be printed')
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

/** What a person may correct before an order is sent; what is left out stays. */
const editOrderSchema = z.strictObject({
  orderId: id,
  /** The revision that the person looked at: an edit on top of another's is refused. */
  revision: z.number().int().nonnegative(),
  customer: z
    .strictObject({ code: typedCode, name: typedLine, company: typedLine, email: typedLine, phone: typedLine })
    .partial()
    .optional(),
  billTo: typedAddress.optional(),
  shipTo: typedAddress.optional(),
  reference: typedLine.optional(),
  /** Product codes by line position, from 0. */
  lineCodes: z
    .array(z.strictObject({ line: z.number().int().nonnegative(), sku: typedLine }))
    .max(5000)
    .optional(),
})

/** Orders: the list, one order, what a person does to it. */
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
  /** The list as ids alone, for scrolling through any number of orders. */
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
  /** How many orders match, and the newest order's id. */
  'orders.count': query<{ total: number; newestId: number }>()('viewer', z.strictObject({ filter: orderFilterSchema })),
  'orders.counts': query<{ counts: OrderCount[] }>()('viewer', z.strictObject({})),
  /** What `orders.changeStatusOfMany` would do. */
  'orders.planStatusOfMany': query<StatusPlan>()('viewer', statusOfManySchema),
  /** Begins to change the status of many orders by the rules of `orders.changeStatus`; refused with `job-running` while another runs. */
  'orders.changeStatusOfMany': command<OrderJob>()(
    'operator',
    statusOfManySchema.extend({
      comments: z.string().max(20_000).default(''),
      /** Sends also those again that may be entered twice; else they are left alone. */
      confirmResend: z.boolean().default(false),
    }),
  ),
  /** Begins to write a list of orders to a file as CSV. The shell's alone: the path is the person's choice, never a page's. */
  'orders.exportTo': command<OrderJob>()('viewer', exportSchema.extend({ path: filePath })),
  /** What is being done to many orders, or was done last; null where nothing was. */
  'orders.job': query<{ job: OrderJob | null }>()('viewer', z.strictObject({})),
  /** Stops what is being done after the batch under way; what is done stays done. */
  'orders.cancelJob': command<{ job: OrderJob | null }>()('viewer', z.strictObject({ jobId: id })),
  'orders.get': query<OrderDetails>()('viewer', z.strictObject({ orderId: id })),
  'orders.find': query<OrderDetails>()(
    'viewer',
    z.strictObject({
      number: z.string().min(1).max(100),
      /** The name of the source that it came from, if several have an order with that number. */
      source: z.string().max(200).optional(),
      id: z.number().int().positive().optional(),
      /** Refuses (`order-ambiguous`) if there are several; otherwise the newest is meant. */
      isOnly: z.boolean().default(false),
    }),
  ),
  'orders.changeStatus': command<OrderDetails>()('operator', changeStatusSchema),
  /** The mail that Notify Customer would send. Fails where none can be sent: `mail-not-configured`, `customer-email-missing`. */
  'orders.previewNotice': query<NoticePreview>()(
    'operator',
    changeStatusSchema.pick({ orderId: true, status: true, comments: true, appendComments: true }),
  ),
  'orders.edit': command<OrderDetails>()('operator', editOrderSchema),
  /** Needs review, decided by a person: the order is in the accounting package. */
  'orders.markImported': command<OrderDetails>()('operator', z.strictObject({ orderId: id, reason: z.string().trim().min(1).max(2000) })),
  'orders.sentFile': query<SentFile>()('viewer', z.strictObject({ deliveryId: id })),
  /** What Write Order would write for the order now. */
  'orders.preview': query<Preview>()('viewer', z.strictObject({ orderId: id })),
} as const
