import { z } from 'zod'
import { checkAccount, codeSettings, missingCustomer } from './code-settings'
import { DATE_FORMATS, type LineField, type OrderField } from './profile-fields'
import { code, elementName, headerElement, limit, lineElement, lineRowField, rowField, timeZone } from './profile-parts'
import { SETTINGS_VERSION } from './upgrade-profile-settings'

const header = (element: string, field: OrderField) => ({ element, kind: 'order' as const, field })
const line = (element: string, field: LineField) => ({ element, kind: 'order' as const, field })

/** Settings that both Attaché profiles have. */
const attacheSettings = {
  version: z.literal(SETTINGS_VERSION).default(SETTINGS_VERSION),
  timeZone,
  /** Characters that Windows-1252 lacks: write them in plain letters, or refuse the order. */
  unmappable: z.enum(['transliterate', 'refuse']).default('transliterate'),
  /** Attaché's books have one currency: an order in another is refused. Empty: not checked. */
  currency: z.union([z.literal(''), z.string().regex(/^[A-Z]{3}$/)]).default(''),
  /** 8 was seen at a real site [F]; null: no limit. */
  customerCodeMaxLength: limit.default(8),
  /** Neither template carries what a new customer needs, so `create` is not offered. */
  missingCustomer,
  ...codeSettings,
  productCodeMaxLength: limit,
  /** Codes that freight, fees and discounts are written under [I]; empty: an order with one is refused. */
  freightCode: code.default('FREIGHT'),
  feeCode: code.default('FEE'),
  discountCode: code.default('DISCOUNT'),
  /** A discount as quantity 1 at a negative price, or quantity -1 at a positive one [I]. */
  discountSign: z.enum(['price', 'quantity']).default('price'),
  /** Whether the prices written contain tax [I]. */
  priceTax: z.enum(['excluded', 'included']).default('excluded'),
  priceDecimals: z.number().int().min(0).max(8).default(4),
  /** Freight, fee or discount where the template has no place for its amount: write the code and report it, or refuse the order. */
  unpricedCharges: z.enum(['report', 'refuse']).default('report'),
  /** The parts do not add up to the store's total: refuse the order, or report it with the delivery. */
  totalDifference: z.enum(['report', 'refuse']).default('refuse'),
}

const chargePlacement = z.enum(['same', 'sundryline', 'serviceline', 'productline', 'leave-out']).default('same')

/** Settings of `attache-xmlkfi`. */
export const attacheXmlkfiSettings = z
  .strictObject({
    profile: z.literal('attache-xmlkfi'),
    ...attacheSettings,
    /** The screen: 107 is customer orders (ADI) [F]. */
    objectId: z
      .string()
      .regex(/^\d{1,6}$/)
      .default('107'),
    dateFormat: z.enum(DATE_FORMATS).default('dd/mm/yyyy'),
    /** Header elements in the order of the screen; empty ones are left out. */
    header: z
      .array(headerElement)
      .min(1)
      .max(200)
      .prefault([
        header('customercode', 'customer.code'),
        header('deliveryname', 'shipTo.companyOrName'),
        header('deliveryaddressline2', 'shipTo.line2'),
        header('deliverysuburb', 'shipTo.city'),
        header('deliverycountry', 'shipTo.country'),
        header('reference', 'order.number'),
        header('date', 'order.date'),
        header('deliverydate', 'order.deliveryDate'),
        header('deliverystate', 'shipTo.region'),
        header('deliverypostcode', 'shipTo.postcode'),
        header('deliveryaddressline1', 'shipTo.line1'),
      ]),
    productLine: z
      .array(lineElement)
      .min(1)
      .max(100)
      .prefault([line('productcode', 'line.code'), line('qtyordered', 'line.quantity'), line('price', 'line.price')]),
    /** Multi-location sites: the location that comes first in every product and service line [F]; empty: none. */
    location: code.default(''),
    /** The header element that takes the customer's note, where the site has one [U]; empty: the note is not written. It comes last, unless it stands in `header`. */
    noteElement: z.union([z.literal(''), elementName]).default(''),
    /** Most characters of the note; what is longer is cut and reported. */
    noteMaxLength: limit,
    /** Product codes that are services in Attaché, written as `serviceline`; `SRV*` stands for all that begin with SRV [I]. */
    serviceCodes: z.array(code.min(1)).max(1000).default([]),
    serviceLine: z
      .array(lineElement)
      .min(1)
      .max(100)
      .prefault([
        line('servicecode', 'line.code'),
        line('description', 'line.name'),
        line('qtyordered', 'line.quantity'),
        line('price', 'line.price'),
      ]),
    /** The kind of line that carries freight, fees and discounts [I]; `leave-out` reports each with the delivery. */
    chargesAs: z.enum(['sundryline', 'serviceline', 'productline', 'leave-out']).default('sundryline'),
    /** The same for one kind of charge; `same`: as `chargesAs`. */
    freightAs: chargePlacement,
    feeAs: chargePlacement,
    discountAs: chargePlacement,
    /** Elements of a `sundryline`; charges as product or service lines have the elements of those. */
    chargeLine: z
      .array(lineElement)
      .min(1)
      .max(100)
      .prefault([
        line('sundrycode', 'line.code'),
        line('description', 'line.name'),
        line('qtyordered', 'line.quantity'),
        line('price', 'line.price'),
      ]),
  })
  .superRefine(checkAccount)

const EMPTY_FIELD = { kind: 'text' as const }
const empty = (count: number) => Array.from({ length: count }, () => EMPTY_FIELD)
const note = (part: number) => ({
  kind: 'order' as const,
  field: 'order.note' as const,
  part,
  maxLength: 60,
  whenTooLong: 'cut' as const,
})

/** Settings of `attache-kfi`. */
export const attacheKfiSettings = z
  .strictObject({
    profile: z.literal('attache-kfi'),
    ...attacheSettings,
    encoding: z.enum(['windows-1252', 'cp850', 'cp437', 'utf-8']).default('windows-1252'),
    separator: z.enum([',', ';', '|', '\t']).default(','),
    /** Which fields stand in quotes; key codes never do. */
    quotes: z.enum(['always', 'when-filled', 'never']).default('always'),
    lineEnd: z.enum(['crlf', 'lf']).default('crlf'),
    dateFormat: z.enum(DATE_FORMATS).default('ddmmyyyy'),
    /** The first line, e.g. `<KFI_version=1.0>` and `<CloseOnSuccess>` [F]; none: no such line. */
    directives: z
      .array(z.string().regex(/^<[A-Za-z_]+(=[A-Za-z0-9_.]+)?>$/, 'is not a directive such as <Speed=100>'))
      .max(20)
      .default([]),
    /** What stands between directives; a blank might be typed, so none by default [I]. */
    directiveSeparator: z.enum(['', ' ']).default(''),
    headerRow: z
      .array(rowField)
      .min(1)
      .max(200)
      .prefault([
        { kind: 'order', field: 'customer.code' },
        ...empty(6),
        { kind: 'order', field: 'order.number' },
        ...empty(1),
        { kind: 'order', field: 'order.date' },
        ...empty(4),
      ]),
    lineRow: z
      .array(lineRowField)
      .min(1)
      .max(200)
      .prefault([{ kind: 'order', field: 'line.code' }, { kind: 'order', field: 'line.quantity' }, ...empty(4)]),
    /** Accept the order (F9), walk the menu to the notes, type them: the layout seen at one site [F]. */
    closingRows: z
      .array(z.array(rowField).min(1).max(200))
      .max(20)
      .prefault([
        [
          { kind: 'keys', keys: ['<F9>', '<F4>', '<DOWN>', '<DOWN>', '<DOWN>', '<DOWN>', '<ENTER>'] },
          ...empty(2),
          note(1),
          ...empty(1),
          note(2),
          ...empty(12),
        ],
      ]),
    /** When each closing row is written, in their order; a row without an entry: always. */
    closingRowsWhen: z
      .array(z.enum(['always', 'note-filled', 'note-empty']))
      .max(20)
      .default([]),
    /** Freight, fees and discounts as line rows, or left out and reported with the delivery. */
    chargesAs: z.enum(['line-rows', 'leave-out']).default('line-rows'),
  })
  .superRefine(checkAccount)
