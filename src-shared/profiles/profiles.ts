import { z } from 'zod'
import { FailureError } from '../failure'
import { attacheKfiSettings, attacheXmlkfiSettings } from './attache-settings'
import { checkAccount, codeSettings, missingCustomerOrCreate } from './code-settings'
import type { lineElement, lineRowField, lineSource } from './field-schemas'
import { timeZone } from './field-schemas'
import { clashingPaths, ORDER_XML_PATHS } from './order-xml-elements'
import { SETTINGS_VERSION, upgradeProfileSettings } from './upgrade-profile-settings'

export {
  DATE_FORMATS,
  type DateFormat,
  FIELD_TITLES,
  fieldLabel,
  KEY_CODES,
  type KeyCode,
  LINE_FIELDS,
  type LineField,
  ORDER_FIELDS,
  type OrderField,
} from './profile-fields'

/** Format profiles, which define how an order is written to a file. */
export const PROFILE_NAMES = ['ubl-order', 'attache-xmlkfi', 'attache-kfi', 'order-xml'] as const
export type ProfileName = (typeof PROFILE_NAMES)[number]

/** A profile's description for the screens, and its file extension. */
export interface ProfileInfo {
  title: string
  extension: 'xml' | 'kfi'
  /** True if the output is checked against a published schema; false if only the customer's own package can verify it. */
  isVerified: boolean
  /** A sentence to show next to the profile wherever it can be chosen. */
  notice: string
}

const ATTACHE_NOTICE = 'Not verified against your Attaché. Send a test order first.'

/** Title, file extension and notice of each profile. */
export const PROFILE_INFO: Readonly<Record<ProfileName, ProfileInfo>> = {
  'ubl-order': {
    title: 'UBL 2.1 Order (XML)',
    extension: 'xml',
    isVerified: true,
    notice: 'Every file is valid against the OASIS UBL 2.1 schema.',
  },
  'attache-xmlkfi': { title: 'Attaché XML KFI', extension: 'kfi', isVerified: false, notice: ATTACHE_NOTICE },
  'attache-kfi': { title: 'Attaché KFI (text)', extension: 'kfi', isVerified: false, notice: ATTACHE_NOTICE },
  'order-xml': {
    title: 'Ledgerdrop order (XML)',
    extension: 'xml',
    isVerified: true,
    notice: 'For packages that can import any XML. Every file is valid against order-xml.xsd, unless elements are renamed.',
  },
}

const ublOrderSettings = z
  .strictObject({
    profile: z.literal('ubl-order'),
    version: z.literal(SETTINGS_VERSION).default(SETTINGS_VERSION),
    timeZone,
    /** The name of your business in the file. */
    sellerName: z.string().min(1).max(200).regex(/\S/, 'must not be blank').default('Seller'),
    customizationId: z.string().max(200).default(''),
    profileId: z.string().max(200).default(''),
    /** The tax scheme (UN/ECE 5153): GST, VAT, or whatever your package expects. */
    taxScheme: z
      .string()
      .regex(/^[A-Za-z0-9]{1,20}$/)
      .default('GST'),
    missingCustomer: missingCustomerOrCreate,
    ...codeSettings,
    productCodeRequired: z.boolean().default(false),
    /** The UN/ECE Recommendation 20 code for lines with no unit or an unknown one. */
    defaultUnitCode: z
      .string()
      .regex(/^[A-Z0-9]{2,3}$/)
      .default('C62'),
    /** Codes for the store's own unit names, in addition to the common ones, e.g. `tray` to `XTR`. */
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
  .superRefine(checkAccount)

/** An XML 1.0 (fifth edition) name without a prefix. Names that start with "xml" are reserved. */
const XML_NAME =
  /^(?![Xx][Mm][Ll])[A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff][-.\w\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff]{0,99}$/

const orderXmlSettings = z
  .strictObject({
    profile: z.literal('order-xml'),
    version: z.literal(SETTINGS_VERSION).default(SETTINGS_VERSION),
    timeZone,
    missingCustomer: missingCustomerOrCreate,
    ...codeSettings,
    productCodeRequired: z.boolean().default(false),
    /** The site's element names by path, e.g. `customer/code` to `AccountNo`. Other elements keep their default names. */
    elementNames: z
      .partialRecord(z.enum(ORDER_XML_PATHS), z.string().regex(XML_NAME, 'is not a valid XML element name'))
      .default({})
      .superRefine((names, context) => {
        for (const { path, other } of clashingPaths(names)) {
          context.addIssue({ code: 'custom', path: [path], message: `would have the same name as ${other}` })
        }
      }),
  })
  .superRefine(checkAccount)

/** The schema of each profile's settings; every setting except `profile` has a default. */
export const profileSettingsSchemas = {
  'ubl-order': ublOrderSettings,
  'attache-xmlkfi': attacheXmlkfiSettings,
  'attache-kfi': attacheKfiSettings,
  'order-xml': orderXmlSettings,
} satisfies Record<ProfileName, z.ZodType>

/** The schema of any profile's settings, chosen by `profile`. Also accepts settings of earlier versions. */
export const profileSettingsSchema = z.preprocess(
  upgradeProfileSettings,
  z.discriminatedUnion('profile', [ublOrderSettings, attacheXmlkfiSettings, attacheKfiSettings, orderXmlSettings]),
)

export type UblOrderSettings = z.output<typeof ublOrderSettings>
export type AttacheXmlkfiSettings = z.output<typeof attacheXmlkfiSettings>
export type AttacheKfiSettings = z.output<typeof attacheKfiSettings>
export type OrderXmlSettings = z.output<typeof orderXmlSettings>
/** The complete settings of one profile. */
export type ProfileSettings = UblOrderSettings | AttacheXmlkfiSettings | AttacheKfiSettings | OrderXmlSettings
/** Settings of either Attaché profile. */
export type AttacheSettings = AttacheXmlkfiSettings | AttacheKfiSettings

/** One field of a KFI row: fixed text, key codes, or a value of the order. */
export type RowField = z.output<typeof lineRowField>
/** One field that takes its value from the order or one of its lines. */
export type OrderSource = z.output<typeof lineSource>
/** One element of an XML KFI section. */
export type LineElement = z.output<typeof lineElement>

/** A profile's default settings. */
export function defaultProfileSettings<N extends ProfileName>(name: N): Extract<ProfileSettings, { profile: N }>
export function defaultProfileSettings(name: ProfileName): ProfileSettings {
  return profileSettingsSchema.parse({ profile: name })
}

/** Upgrades settings stored by this or an earlier version and fills in defaults. Returns invalid settings unchanged, for a user to correct. */
export function storedProfileSettings(value: unknown): unknown {
  const parsed = profileSettingsSchema.safeParse(value)
  return parsed.success ? parsed.data : value
}

/** Parses settings from any origin and fills in defaults. Throws FailureError `profile-invalid`, which names the invalid settings. */
export function parseProfileSettings(value: unknown): ProfileSettings {
  const parsed = profileSettingsSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'profile'}: ${issue.message}`)
  throw new FailureError({
    code: 'profile-invalid',
    message: `The format profile has invalid settings: ${issues.join('; ')}.`,
    remedy: 'Correct these settings on the destination, or reset the profile to its default settings.',
  })
}
