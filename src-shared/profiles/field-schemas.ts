import { z } from 'zod'
import { DATE_FORMATS, KEY_CODES, LINE_FIELDS, ORDER_FIELDS } from './profile-fields'

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** A time zone by its IANA name. */
export const timeZone = z.string().refine(isTimeZone, 'is not a time zone such as Australia/Sydney').default('UTC')
/** Fixed text that a consultant enters in a profile. It can't act as a key press or break a row. */
const fixedText = z
  .string()
  .max(200)
  .regex(/^[^<>"\p{Cc}\p{Cf}\p{Cs}]*$/u, 'must not contain < > " or invisible characters')
/** An accounting package code in a profile; may be empty. */
export const code = fixedText.regex(/^(\S(.*\S)?)?$/u, 'must not begin or end with a space')
/** A maximum length in characters; null: no limit. */
export const limit = z.number().int().min(1).max(10_000).nullable().default(null)

const textSource = z.strictObject({ kind: z.literal('text'), text: fixedText.default('') })
const keysSource = z.strictObject({ kind: z.literal('keys'), keys: z.array(z.enum(KEY_CODES)).min(1).max(100) })
const orderSourceOf = <const F extends readonly [string, ...string[]]>(fields: F) =>
  z.strictObject({
    kind: z.literal('order'),
    field: z.enum(fields),
    /** For dates only. Null: the profile's date format. */
    dateFormat: z.enum(DATE_FORMATS).nullable().default(null),
    /** The field's maximum length in characters; null if unknown. */
    maxLength: limit,
    /** What to do with free text that is longer than `maxLength`. Codes, numbers and dates are never cut. */
    whenTooLong: z.enum(['refuse', 'cut']).default('refuse'),
    /** Long text may continue in further fields: 1 is the first field, 2 the second. */
    part: z.number().int().min(1).max(50).default(1),
    /** Pads the value to maxLength, on the left or right. */
    pad: z.enum(['none', 'left', 'right']).default('none'),
    padWith: z.enum([' ', '0']).default(' '),
  })
const orderSource = orderSourceOf(ORDER_FIELDS)
/** A value of the order or of one of its lines. */
export const lineSource = orderSourceOf([...LINE_FIELDS, ...ORDER_FIELDS])

/** A field of a header or closing row of KFI. */
export const rowField = z.discriminatedUnion('kind', [textSource, keysSource, orderSource])
/** A field of a line row of KFI. */
export const lineRowField = z.discriminatedUnion('kind', [textSource, keysSource, lineSource])
/** The name of an XML KFI element. */
export const elementName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,60}$/, 'is not an element name')
/** An element of an XML KFI header. */
export const headerElement = z.discriminatedUnion('kind', [
  textSource.extend({ element: elementName }),
  orderSource.extend({ element: elementName }),
])
/** An element of an XML KFI line. */
export const lineElement = z.discriminatedUnion('kind', [
  textSource.extend({ element: elementName }),
  lineSource.extend({ element: elementName }),
])
