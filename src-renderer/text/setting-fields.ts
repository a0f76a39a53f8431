import { DATE_FORMATS, type ProfileName } from '../../src-shared/profiles/profiles'

/** The source of a setting's default value. */
export type Evidence = 'vendor' | 'seen' | 'assumed'

/** The sentence that the screens show for each kind of evidence. */
export const EVIDENCE_TEXTS: Readonly<Record<Evidence, string>> = {
  vendor: "From the vendor's documentation.",
  seen: 'Seen at a customer site, but not documented.',
  assumed: 'This is an assumption: check it with a test order.',
}

/** The input control of a setting. */
export type SettingInput =
  | { kind: 'text'; maxLength: number }
  | { kind: 'time zone' }
  /** A number, or blank for no limit. */
  | { kind: 'limit' }
  | { kind: 'number'; min: number; max: number }
  | { kind: 'choice'; choices: readonly { value: string; label: string }[] }
  | { kind: 'yes or no' }

/** The label, help and input of a simple setting of a profile. */
export interface SettingField {
  key: string
  label: string
  help: string
  evidence?: Evidence
  input: SettingInput
  /** Shown only while another setting has this value. */
  only?: { key: string; is: string }
}

/** A titled group of settings. */
export interface SettingGroup {
  title: string
  fields: readonly SettingField[]
}

const choice = (...choices: (readonly [string, string])[]): SettingInput => ({
  kind: 'choice',
  choices: choices.map(([value, label]) => ({ value, label })),
})
const text = (maxLength = 200): SettingInput => ({ kind: 'text', maxLength })
const LIMIT: SettingInput = { kind: 'limit' }
const LINE_KINDS = [
  ['sundryline', 'sundry lines'],
  ['serviceline', 'service lines'],
  ['productline', 'product lines'],
  ['leave-out', 'nothing (omitted and reported)'],
] as const
const SAME_OR = choice(['same', 'the same as above'], ...LINE_KINDS)

const TIME_ZONE: SettingField = {
  key: 'timeZone',
  label: 'Time zone',
  help: 'For example, Australia/Sydney. Determines the calendar day of order dates.',
  input: { kind: 'time zone' },
}

const DATE_FORMAT: SettingField = {
  key: 'dateFormat',
  label: 'Date format',
  help: 'The format of dates in fields that have no format of their own.',
  evidence: 'seen',
  input: choice(...DATE_FORMATS.map((format) => [format, format] as const)),
}

const MISSING = {
  key: 'missingCustomer',
  label: 'If a customer has no code',
} as const

const REFUSE_OR_ACCOUNT = [
  ['refuse', 'fail the order'],
  ['account', 'use a single account'],
] as const

const NEVER_CREATED: SettingField = {
  ...MISSING,
  help: 'Applies if neither the order nor the list of customer codes contains a code for the customer. Files in this format contain only the customer’s code, so your package cannot create a new customer from it.',
  input: choice(...REFUSE_OR_ACCOUNT),
}

const CAN_BE_CREATED: SettingField = {
  ...MISSING,
  help: 'Applies if neither the order nor the list of customer codes contains a code for the customer. If you choose to create customers, the file contains the customer’s name, company, addresses, email and phone instead of a code, and your package must create a new customer from them. Send a test order to check that it does.',
  input: choice(...REFUSE_OR_ACCOUNT, ['create', 'create the customer in the package']),
}

const ACCOUNT: SettingField = {
  key: 'customerCodeWhenMissing',
  label: 'Account to use for orders without a customer code',
  help: 'The code of the account that is used for all of these orders.',
  input: text(),
  only: { key: 'missingCustomer', is: 'account' },
}

const REFUSE_OR_REPORT = choice(['refuse', 'fail the order'], ['report', 'write the order and report the code'])

const UNKNOWN_CODES: readonly SettingField[] = [
  {
    key: 'unknownCustomer',
    label: 'If a customer code is not on the list',
    help: 'Applies after a customer list has been imported. Reports appear in the order’s timeline, with the delivery.',
    input: REFUSE_OR_REPORT,
  },
  {
    key: 'unknownProduct',
    label: 'If a product code is not on the list',
    help: 'Applies after a product list has been imported. Reports appear in the order’s timeline, with the delivery.',
    input: REFUSE_OR_REPORT,
  },
]

const ATTACHE_CODES: SettingGroup = {
  title: 'Codes',
  fields: [
    NEVER_CREATED,
    ACCOUNT,
    ...UNKNOWN_CODES,
    {
      key: 'customerCodeMaxLength',
      label: 'Maximum length of customer codes',
      help: 'An order with a longer code fails. Codes are never shortened. Leave blank for no limit.',
      evidence: 'seen',
      input: LIMIT,
    },
    {
      key: 'productCodeMaxLength',
      label: 'Maximum length of product codes',
      help: 'An order with a longer code fails. Codes are never shortened. Leave blank for no limit. The limit in Attaché is not known.',
      input: LIMIT,
    },
    {
      key: 'productCodeWhenMissing',
      label: 'Code for lines without a product code',
      help: 'If you leave this blank, an order with such a line fails, and its sync error names the line.',
      input: text(),
    },
  ],
}

const charges = (chargesAs: SettingInput, help: string, more: readonly SettingField[] = []): SettingGroup => ({
  title: 'Freight, fees and discounts',
  fields: [
    { key: 'chargesAs', label: 'Write freight, fees and discounts as', help, evidence: 'assumed', input: chargesAs },
    ...more,
    {
      key: 'freightCode',
      label: 'Code for freight',
      help: 'If you leave this blank, an order with freight fails.',
      evidence: 'assumed',
      input: text(),
    },
    {
      key: 'feeCode',
      label: 'Code for fees',
      help: 'If you leave this blank, an order with a fee fails.',
      evidence: 'assumed',
      input: text(),
    },
    {
      key: 'discountCode',
      label: 'Code for discounts',
      help: 'If you leave this blank, an order with an order-level discount fails.',
      evidence: 'assumed',
      input: text(),
    },
    {
      key: 'discountSign',
      label: 'Write discounts with',
      help: 'How the amount of a discount is made negative.',
      evidence: 'assumed',
      input: choice(['price', 'quantity 1 and a negative price'], ['quantity', 'quantity -1 and a positive price']),
    },
    {
      key: 'unpricedCharges',
      label: 'If there’s no field for the amount',
      help: 'Applies if no field contains the price of a freight, fee or discount line.',
      input: choice(['report', 'write the code and report the amount'], ['refuse', 'fail the order']),
    },
  ],
})

const ATTACHE_AMOUNTS: SettingGroup = {
  title: 'Amounts',
  fields: [
    {
      key: 'currency',
      label: 'Accounting currency',
      help: 'Three letters, e.g. AUD. An order in another currency fails. Leave blank to skip this check.',
      input: text(3),
    },
    {
      key: 'priceTax',
      label: 'Prices',
      help: 'Whether the prices in the file include tax.',
      evidence: 'assumed',
      input: choice(['excluded', 'exclude tax'], ['included', 'include tax']),
    },
    {
      key: 'priceDecimals',
      label: 'Decimal places in prices',
      help: 'The maximum number of digits after the decimal point.',
      input: { kind: 'number', min: 0, max: 8 },
    },
    {
      key: 'totalDifference',
      label: "If the amounts do not add up to the store's total",
      help: 'The difference is always recorded.',
      input: choice(['report', 'write the order and report the difference'], ['refuse', 'fail the order']),
    },
  ],
}

const UNMAPPABLE: SettingField = {
  key: 'unmappable',
  label: 'Characters that Attaché does not support',
  help: 'For example, Chinese characters or emoji. Only Windows-1252 characters are supported.',
  evidence: 'assumed',
  input: choice(['transliterate', 'replace them with plain letters'], ['refuse', 'fail the order']),
}

const OPTIONAL_CODES: SettingGroup = {
  title: 'Codes',
  fields: [
    CAN_BE_CREATED,
    ACCOUNT,
    ...UNKNOWN_CODES,
    {
      key: 'productCodeRequired',
      label: 'Every line must have a product code',
      help: 'If a line has no product code, the order fails, unless you enter a code for such lines below.',
      input: { kind: 'yes or no' },
    },
    { key: 'productCodeWhenMissing', label: 'Code for lines without a product code', help: 'Leave blank for none.', input: text() },
  ],
}

const GROUPS: Readonly<Record<ProfileName, readonly SettingGroup[]>> = {
  'ubl-order': [
    {
      title: 'Document',
      fields: [
        { key: 'sellerName', label: 'Your business', help: 'The seller’s name in the file.', input: text() },
        {
          key: 'taxScheme',
          label: 'Tax scheme',
          help: 'GST, VAT, or what your package expects (UN/ECE 5153).',
          input: text(20),
        },
        {
          key: 'customizationId',
          label: 'Customization ID',
          help: 'The UBL customization that the recipient requires. Leave blank to omit it.',
          input: text(),
        },
        {
          key: 'profileId',
          label: 'Profile ID',
          help: 'The business process that the recipient requires. Leave blank to omit it.',
          input: text(),
        },
        TIME_ZONE,
        {
          key: 'defaultUnitCode',
          label: 'Unit code if none is known',
          help: 'From UN/ECE Recommendation 20. C62 means "one".',
          input: text(3),
        },
      ],
    },
    OPTIONAL_CODES,
  ],
  'order-xml': [OPTIONAL_CODES, { title: 'Dates', fields: [TIME_ZONE] }],
  'attache-xmlkfi': [
    {
      title: 'File',
      fields: [
        {
          key: 'objectId',
          label: 'Object ID',
          help: 'Identifies the screen in Attaché. 107 is customer orders (ADI).',
          evidence: 'seen',
          input: text(6),
        },
        {
          key: 'location',
          label: 'Location',
          help: 'The first element of each product and service line, for sites with several locations. Leave blank to omit it.',
          evidence: 'seen',
          input: text(),
        },
        {
          key: 'noteElement',
          label: "Header element for the customer's note",
          help: 'The name differs from site to site. The element comes last, unless it is listed under Header. Leave blank to omit the note.',
          input: text(61),
        },
        {
          key: 'noteMaxLength',
          label: 'Maximum length of the note',
          help: 'A longer note is shortened, and this is reported.',
          input: LIMIT,
        },
        DATE_FORMAT,
        TIME_ZONE,
        UNMAPPABLE,
      ],
    },
    ATTACHE_CODES,
    charges(choice(...LINE_KINDS), 'The kind of line for freight, fees and discounts.', [
      {
        key: 'freightAs',
        label: 'Write freight as',
        help: 'Change this only if freight needs a different kind of line.',
        evidence: 'assumed',
        input: SAME_OR,
      },
      {
        key: 'feeAs',
        label: 'Write fees as',
        help: 'Change this only if fees need a different kind of line.',
        evidence: 'assumed',
        input: SAME_OR,
      },
      {
        key: 'discountAs',
        label: 'Write discounts as',
        help: 'Change this only if discounts need a different kind of line.',
        evidence: 'assumed',
        input: SAME_OR,
      },
    ]),
    ATTACHE_AMOUNTS,
  ],
  'attache-kfi': [
    {
      title: 'File',
      fields: [
        {
          key: 'encoding',
          label: 'Encoding',
          help: 'Attaché uses Windows-1252 on Western versions of Windows.',
          evidence: 'assumed',
          input: choice(['windows-1252', 'Windows-1252'], ['cp850', 'DOS 850'], ['cp437', 'DOS 437'], ['utf-8', 'UTF-8']),
        },
        {
          key: 'separator',
          label: 'Field separator',
          help: 'A comma, unless your site uses another separator.',
          evidence: 'vendor',
          input: choice([',', 'comma ,'], [';', 'semicolon ;'], ['|', 'bar |'], ['\t', 'tab']),
        },
        {
          key: 'quotes',
          label: 'Quotes',
          help: 'Which fields are enclosed in double quotes. Key codes are never quoted.',
          evidence: 'seen',
          input: choice(['always', 'every field'], ['when-filled', 'fields with a value'], ['never', 'none']),
        },
        {
          key: 'lineEnd',
          label: 'Line endings',
          help: 'Windows programs expect CR LF.',
          evidence: 'seen',
          input: choice(['crlf', 'CR LF (Windows)'], ['lf', 'LF']),
        },
        DATE_FORMAT,
        TIME_ZONE,
        UNMAPPABLE,
        {
          key: 'directiveSeparator',
          label: 'Directive separator',
          help: 'The separator between the directives on the first line.',
          evidence: 'assumed',
          input: choice(['', 'nothing'], [' ', 'a space']),
        },
      ],
    },
    ATTACHE_CODES,
    charges(
      choice(['line-rows', 'rows like order lines'], ['leave-out', 'nothing (omitted and reported)']),
      'Whether freight, fees and discounts get their own rows.',
    ),
    ATTACHE_AMOUNTS,
  ],
}

/** The labels of the settings that have their own editors. */
export const EDITOR_LABELS: Readonly<Record<ProfileName, Readonly<Record<string, string>>>> = {
  'ubl-order': { unitCodes: 'Unit codes', taxCodes: 'Tax codes' },
  'order-xml': { elementNames: 'Element names', taxCodes: 'Tax codes' },
  'attache-xmlkfi': {
    header: 'Header',
    productLine: 'Product line',
    serviceLine: 'Service line',
    serviceCodes: 'Service codes',
    chargeLine: 'Charge line',
    taxCodes: 'Tax codes',
  },
  'attache-kfi': {
    directives: 'Directives',
    headerRow: 'Header row',
    lineRow: 'Line row',
    closingRows: 'Closing rows',
    closingRowsWhen: 'When closing rows are written',
    taxCodes: 'Tax codes',
  },
}

/** A profile's simple settings, in groups. */
export function settingGroups(profile: ProfileName): readonly SettingGroup[] {
  return GROUPS[profile]
}

/** The label of a setting on the screens; its key if it has no label. */
export function settingLabel(profile: ProfileName, key: string): string {
  const field = GROUPS[profile].flatMap((group) => group.fields).find((one) => one.key === key)
  return field?.label ?? EDITOR_LABELS[profile][key] ?? key
}

/** A setting's value as the screens show it. */
export function settingValueText(field: SettingField, value: unknown): string {
  if (field.input.kind === 'choice') return field.input.choices.find((one) => one.value === value)?.label ?? String(value)
  if (field.input.kind === 'yes or no') return value === true ? 'yes' : 'no'
  if (value === null) return 'no limit'
  return value === '' ? 'blank' : String(value)
}
