import { z } from 'zod'
import { FailureError } from './failure'
import { clashingPaths, ORDER_XML_PATHS } from './order-xml-elements'
import { DATE_FORMATS, KEY_CODES, LINE_FIELDS, type LineField, ORDER_FIELDS, type OrderField } from './profile-fields'

export {
  DATE_FORMATS,
  type DateFormat,
  FIELD_TITLES,
  KEY_CODES,
  type KeyCode,
  LINE_FIELDS,
  type LineField,
  ORDER_FIELDS,
  type OrderField,
} from './profile-fields'

/** Format profiles: how an order becomes the bytes of a file. */
export const PROFILE_NAMES = ['ubl-order', 'attache-xmlkfi', 'attache-kfi', 'order-xml'] as const
export type ProfileName = (typeof PROFILE_NAMES)[number]

/** What the screens say about a profile, and the extension of its files. */
export interface ProfileInfo {
  title: string
  extension: 'xml' | 'kfi'
  /** True where the output is checked against a published schema; false where only a customer's own package can tell. */
  verified: boolean
  /** One sentence to show beside the profile wherever it is chosen. */
  notice: string
}

const ATTACHE_NOTICE = 'Not verified against your Attaché: send one test order first.'

/** Title, file extension and notice of each profile. */
export const PROFILE_INFO: Readonly<Record<ProfileName, ProfileInfo>> = {
  'ubl-order': {
    title: 'UBL 2.1 Order (XML)',
    extension: 'xml',
    verified: true,
    notice: 'Every file is valid against the OASIS UBL 2.1 schema.',
  },
  'attache-xmlkfi': { title: 'Attaché XML KFI', extension: 'kfi', verified: false, notice: ATTACHE_NOTICE },
  'attache-kfi': { title: 'Attaché KFI (text)', extension: 'kfi', verified: false, notice: ATTACHE_NOTICE },
  'order-xml': {
    title: 'Ledgerdrop order (XML)',
    extension: 'xml',
    verified: true,
    notice: 'Every file is valid against order-xml.xsd, unless elements are renamed: for packages whose import can be set up for any XML.',
  },
}

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const timeZone = z.string().refine(isTimeZone, 'is not a time zone such as Australia/Sydney').default('UTC')
/** Text that a consultant types into a profile: nothing in it may act as a key or break a row. */
const fixedText = z
  .string()
  .max(200)
  .regex(/^[^<>"\p{Cc}\p{Cf}\p{Cs}]*$/u, 'may not contain < > " or invisible characters')
/** A code of the accounting package, set by a consultant; empty where there is none. */
const code = fixedText.regex(/^(\S(.*\S)?)?$/u, 'may not begin or end with a blank')
const limit = z.number().int().min(1).max(10_000).nullable().default(null)

const textSource = z.strictObject({ kind: z.literal('text'), text: fixedText.default('') })
const keysSource = z.strictObject({ kind: z.literal('keys'), keys: z.array(z.enum(KEY_CODES)).min(1).max(100) })
const orderSourceOf = <const F extends readonly [string, ...string[]]>(fields: F) =>
  z.strictObject({
    kind: z.literal('order'),
    field: z.enum(fields),
    /** Null: the profile's date format. Only for dates. */
    dateFormat: z.enum(DATE_FORMATS).nullable().default(null),
    /** Most characters that the field takes; null where not known. */
    maxLength: limit,
    /** What happens to free text that is longer. A code, a number or a date is never cut. */
    whenTooLong: z.enum(['refuse', 'cut']).default('refuse'),
    /** Long text may run on through several fields: 1 for the first, 2 for the next. */
    part: z.number().int().min(1).max(50).default(1),
    /** Fills the field up to maxLength. */
    pad: z.enum(['none', 'left', 'right']).default('none'),
    padWith: z.enum([' ', '0']).default(' '),
  })
const orderSource = orderSourceOf(ORDER_FIELDS)
const lineSource = orderSourceOf([...LINE_FIELDS, ...ORDER_FIELDS])

const rowField = z.discriminatedUnion('kind', [textSource, keysSource, orderSource])
const lineRowField = z.discriminatedUnion('kind', [textSource, keysSource, lineSource])
const elementName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,60}$/, 'is not an element name')
const headerElement = z.discriminatedUnion('kind', [
  textSource.extend({ element: elementName }),
  orderSource.extend({ element: elementName }),
])
const lineElement = z.discriminatedUnion('kind', [textSource.extend({ element: elementName }), lineSource.extend({ element: elementName })])

const header = (element: string, field: OrderField) => ({ element, kind: 'order' as const, field })
const line = (element: string, field: LineField) => ({ element, kind: 'order' as const, field })

/** Settings that both Attaché profiles have. */
const attacheSettings = {
  version: z.literal(1).default(1),
  timeZone,
  /** Characters that Windows-1252 lacks: write them in plain letters, or refuse the order. */
  unmappable: z.enum(['transliterate', 'refuse']).default('transliterate'),
  /** Attaché's books have one currency: an order in another is refused. Empty: not checked. */
  currency: z.union([z.literal(''), z.string().regex(/^[A-Z]{3}$/)]).default(''),
  /** 8 was seen at a real site [F]; null: no limit. */
  customerCodeMaxLength: limit.default(8),
  /** The account that takes orders without a customer code; empty: such an order is refused. */
  customerCodeWhenMissing: code.default(''),
  productCodeMaxLength: limit,
  productCodeWhenMissing: code.default(''),
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
  /** The package's tax codes by rate in per cent, e.g. `10` to `GST`; a template with a tax code refuses an order taxed at another rate. */
  taxCodes: z.record(z.string().regex(/^\d{1,3}(\.\d{1,6})?$/, 'is not a rate such as 10 or 7.25'), code).default({}),
  /** The parts do not add up to the store's total: report it with the delivery, or refuse the order. */
  totalDifference: z.enum(['report', 'refuse']).default('report'),
}

/** What UBL and order XML do about codes that an order lacks. */
const codeSettings = {
  customerCodeRequired: z.boolean().default(false),
  /** The account that takes orders without a customer code; empty: none. */
  customerCodeWhenMissing: code.default(''),
  productCodeRequired: z.boolean().default(false),
  productCodeWhenMissing: code.default(''),
}

const ublOrderSettings = z.strictObject({
  profile: z.literal('ubl-order'),
  version: z.literal(1).default(1),
  timeZone,
  /** Your business, as the file names it. */
  sellerName: z.string().min(1).max(200).regex(/\S/, 'may not be blank').default('Seller'),
  customizationId: z.string().max(200).default(''),
  profileId: z.string().max(200).default(''),
  /** UN/ECE 5153: GST, VAT, or what your package expects. */
  taxScheme: z
    .string()
    .regex(/^[A-Za-z0-9]{1,20}$/)
    .default('GST'),
  ...codeSettings,
  /** UN/ECE Recommendation 20, for a line without a unit or with an unknown one. */
  defaultUnitCode: z
    .string()
    .regex(/^[A-Z0-9]{2,3}$/)
    .default('C62'),
  /** The store's own unit names and their codes, beside the common ones, e.g. `tray` to `XTR`. */
  unitCodes: z
    .record(
      z
        .string()
        .max(60)
        .transform((name) => name.toLowerCase()),
      z.string().regex(/^[A-Z0-9]{2,3}$/),
    )
    .default({}),
})

/** A name that XML 1.0 (fifth edition) allows, without a prefix; names that begin with "xml" are reserved. */
const XML_NAME =
  /^(?![Xx][Mm][Ll])[A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff][-.\w\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff]{0,99}$/

const orderXmlSettings = z.strictObject({
  profile: z.literal('order-xml'),
  version: z.literal(1).default(1),
  timeZone,
  ...codeSettings,
  /** The site's names of elements by their path, e.g. `customer/code` to `AccountNo`; the others keep their own. */
  elementNames: z
    .partialRecord(z.enum(ORDER_XML_PATHS), z.string().regex(XML_NAME, 'is not a name that an XML element may have'))
    .default({})
    .superRefine((names, context) => {
      for (const { path, other } of clashingPaths(names)) {
        context.addIssue({ code: 'custom', path: [path], message: `would have the same name as ${other}` })
      }
    }),
})

const chargePlacement = z.enum(['same', 'sundryline', 'serviceline', 'productline', 'leave-out']).default('same')

const attacheXmlkfiSettings = z.strictObject({
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

const EMPTY_FIELD = { kind: 'text' as const }
const empty = (count: number) => Array.from({ length: count }, () => EMPTY_FIELD)
const note = (part: number) => ({
  kind: 'order' as const,
  field: 'order.note' as const,
  part,
  maxLength: 60,
  whenTooLong: 'cut' as const,
})

const attacheKfiSettings = z.strictObject({
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

/** The schema of each profile's settings; every setting except `profile` has a default. */
export const profileSettingsSchemas = {
  'ubl-order': ublOrderSettings,
  'attache-xmlkfi': attacheXmlkfiSettings,
  'attache-kfi': attacheKfiSettings,
  'order-xml': orderXmlSettings,
} satisfies Record<ProfileName, z.ZodType>

/** The schema of any profile's settings, told apart by `profile`. */
export const profileSettingsSchema = z.discriminatedUnion('profile', [
  ublOrderSettings,
  attacheXmlkfiSettings,
  attacheKfiSettings,
  orderXmlSettings,
])

export type UblOrderSettings = z.output<typeof ublOrderSettings>
export type AttacheXmlkfiSettings = z.output<typeof attacheXmlkfiSettings>
export type AttacheKfiSettings = z.output<typeof attacheKfiSettings>
export type OrderXmlSettings = z.output<typeof orderXmlSettings>
/** Settings of one profile, complete. */
export type ProfileSettings = UblOrderSettings | AttacheXmlkfiSettings | AttacheKfiSettings | OrderXmlSettings
/** What both Attaché profiles have in common. */
export type AttacheSettings = AttacheXmlkfiSettings | AttacheKfiSettings

/** One field of a KFI row: fixed text, key codes, or a value of the order. */
export type RowField = z.output<typeof lineRowField>
/** One field that takes its value from the order or one of its lines. */
export type OrderSource = z.output<typeof lineSource>
/** One element of an XML KFI section. */
export type LineElement = z.output<typeof lineElement>

/** A profile's settings as shipped. */
export function defaultProfileSettings<N extends ProfileName>(name: N): Extract<ProfileSettings, { profile: N }>
export function defaultProfileSettings(name: ProfileName): ProfileSettings {
  return profileSettingsSchema.parse({ profile: name })
}

/** Settings from a file, a screen or the database, with defaults filled in. Throws FailureError `profile-invalid`, naming the settings that do not fit. */
export function parseProfileSettings(value: unknown): ProfileSettings {
  const parsed = profileSettingsSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'profile'}: ${issue.message}`)
  throw new FailureError({
    code: 'profile-invalid',
    message: `The format profile's settings do not fit: ${faults.join('; ')}.`,
    remedy: "Correct the named settings on the destination, or go back to the profile's shipped settings.",
  })
}
