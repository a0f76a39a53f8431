import { z } from 'zod'
import { checkAccount, codeSettings, missingCustomer } from './code-settings'
import { code, elementName, headerElement, limit, lineElement, lineRowField, rowField, timeZone } from './field-schemas'
import { DATE_FORMATS, type LineField, type OrderField } from './profile-fields'
import { SETTINGS_VERSION } from './upgrade-profile-settings'

const header = (element: string, field: OrderField) => ({ element, kind: 'order' as const, field })
const line = (element: string, field: LineField) => ({ element, kind: 'order' as const, field })

/** Settings that both Attaché profiles have. (Marks: see docs/formats/attache-kfi.md and attache-xmlkfi.md.) */
const attacheSettings = {
  version: z.literal(SETTINGS_VERSION).default(SETTINGS_VERSION),
  timeZone,
  /** For characters that Windows-1252 doesn't have: transliterate them, or refuse the order. */
  unmappable: z.enum(['transliterate', 'refuse']).default('transliterate'),
  /** The currency of Attaché's books. An order in another currency is refused. Empty: not checked. */
  currency: z.union([z.literal(''), z.string().regex(/^[A-Z]{3}$/)]).default(''),
  /** 8 was seen at a real site [F]; null: no limit. */
  customerCodeMaxLength: limit.default(8),
  /** `create` isn't offered: neither format contains the data that a new customer needs. */
  missingCustomer,
  ...codeSettings,
  productCodeMaxLength: limit,
  /** Codes for freight, fees and discounts [I]. Empty: an order with that kind of charge is refused. */
  freightCode: code.default('FREIGHT'),
  feeCode: code.default('FEE'),
  discountCode: code.default('DISCOUNT'),
  /** Writes a discount as quantity 1 at a negative price (`price`), or quantity -1 at a positive price (`quantity`) [I]. */
  discountSign: z.enum(['price', 'quantity']).default('price'),
  /** Whether the prices in the file include tax [I]. */
  priceTax: z.enum(['excluded', 'included']).default('excluded'),
  priceDecimals: z.number().int().min(0).max(8).default(4),
  /** For freight, fees and discounts if the template has no field for their amount: write the code and report it, or refuse the order. */
  unpricedCharges: z.enum(['report', 'refuse']).default('report'),
  /** If lines, charges and tax don't add up to the store's total: refuse the order, or report the difference with the delivery. */
  totalDifference: z.enum(['report', 'refuse']).default('refuse'),
}

const chargePlacement = z.enum(['same', 'sundryline', 'serviceline', 'productline', 'leave-out']).default('same')

/** Settings of `attache-xmlkfi`. */
export const attacheXmlkfiSettings = z
  .strictObject({
    profile: z.literal('attache-xmlkfi'),
    ...attacheSettings,
    /** The Attaché screen: 107 is customer orders (ADI) [F]. */
    objectId: z
      .string()
      .regex(/^\d{1,6}$/)
      .default('107'),
    dateFormat: z.enum(DATE_FORMATS).default('dd/mm/yyyy'),
    /** Header elements in the order of the screen. Empty ones are omitted from the file. */
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
    /** For multi-location sites: the location written first in every product and service line [F]. Empty: none. */
    location: code.default(''),
    /** The header element for the customer's note, if the site has one [U]. Written last, unless it is in `header`. Empty: the note isn't written. */
    noteElement: z.union([z.literal(''), elementName]).default(''),
    /** The note's maximum length in characters. A longer note is shortened and reported. */
    noteMaxLength: limit,
    /** Product codes that are services in Attaché, written as `serviceline`. `SRV*` matches all codes that start with SRV [I]. */
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
    /** The kind of line for freight, fees and discounts [I]. `leave-out` omits them and reports each with the delivery. */
    chargesAs: z.enum(['sundryline', 'serviceline', 'productline', 'leave-out']).default('sundryline'),
    /** Overrides `chargesAs` for one kind of charge; `same`: no override. */
    freightAs: chargePlacement,
    feeAs: chargePlacement,
    discountAs: chargePlacement,
    /** The elements of a `sundryline`. Charges written as product or service lines use the elements of those lines. */
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
const emptyFields = (count: number) => Array.from({ length: count }, () => EMPTY_FIELD)
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
    /** Which fields are quoted; key codes never are. */
    quotes: z.enum(['always', 'when-filled', 'never']).default('always'),
    lineEnd: z.enum(['crlf', 'lf']).default('crlf'),
    dateFormat: z.enum(DATE_FORMATS).default('ddmmyyyy'),
    /** Directives on the first line, e.g. `<KFI_version=1.0>` and `<CloseOnSuccess>` [F]. None: the line is omitted. */
    directives: z
      .array(z.string().regex(/^<[A-Za-z_]+(=[A-Za-z0-9_.]+)?>$/, 'is not a directive such as <Speed=100>'))
      .max(20)
      .default([]),
    /** Written between directives. Attaché might type a space, so the default is none [I]. */
    directiveSeparator: z.enum(['', ' ']).default(''),
    headerRow: z
      .array(rowField)
      .min(1)
      .max(200)
      .prefault([
        { kind: 'order', field: 'customer.code' },
        ...emptyFields(6),
        { kind: 'order', field: 'order.number' },
        ...emptyFields(1),
        { kind: 'order', field: 'order.date' },
        ...emptyFields(4),
      ]),
    lineRow: z
      .array(lineRowField)
      .min(1)
      .max(200)
      .prefault([{ kind: 'order', field: 'line.code' }, { kind: 'order', field: 'line.quantity' }, ...emptyFields(4)]),
    /** By default: accept the order (F9), move through the menu to the notes and type them, as seen at one site [F]. */
    closingRows: z
      .array(z.array(rowField).min(1).max(200))
      .max(20)
      .prefault([
        [
          { kind: 'keys', keys: ['<F9>', '<F4>', '<DOWN>', '<DOWN>', '<DOWN>', '<DOWN>', '<ENTER>'] },
          ...emptyFields(2),
          note(1),
          ...emptyFields(1),
          note(2),
          ...emptyFields(12),
        ],
      ]),
    /** When each closing row is written, by index; a row without an entry is always written. */
    closingRowsWhen: z
      .array(z.enum(['always', 'note-filled', 'note-empty']))
      .max(20)
      .default([]),
    /** Writes freight, fees and discounts as line rows, or omits them and reports them with the delivery. */
    chargesAs: z.enum(['line-rows', 'leave-out']).default('line-rows'),
  })
  .superRefine(checkAccount)
