import { DATE_FORMATS, type ProfileName } from '../../src-shared/profiles/profiles'

/** How well it is known what a setting should be. */
export type Evidence = 'vendor' | 'seen' | 'assumed'

/** The evidence in words. */
export const EVIDENCE_WORDS: Readonly<Record<Evidence, string>> = {
  vendor: "From the vendor's documentation.",
  seen: 'Seen at a site, not specified.',
  assumed: 'Our assumption: check it with a test order.',
}

/** How a setting is entered. */
export type SettingInput =
  | { kind: 'text'; maxLength: number }
  | { kind: 'time zone' }
  /** A number, or nothing for no limit. */
  | { kind: 'limit' }
  | { kind: 'number'; min: number; max: number }
  | { kind: 'choice'; choices: readonly { value: string; label: string }[] }
  | { kind: 'yes or no' }

/** A simple setting of a profile, for people. */
export interface SettingField {
  key: string
  label: string
  help: string
  evidence?: Evidence
  input: SettingInput
  /** Shown only while another setting has this value. */
  only?: { key: string; is: string }
}

/** Settings that belong together. */
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
  ['leave-out', 'leave them out, report each'],
] as const
const SAME_OR = choice(['same', 'as the others'], ...LINE_KINDS)

const TIME_ZONE: SettingField = {
  key: 'timeZone',
  label: 'Time zone',
  help: 'The day that an order date falls on is reckoned here, e.g. Australia/Sydney.',
  input: { kind: 'time zone' },
}

const DATE_FORMAT: SettingField = {
  key: 'dateFormat',
  label: 'Date format',
  help: 'How dates are written where a field has no format of its own.',
  evidence: 'seen',
  input: choice(...DATE_FORMATS.map((format) => [format, format] as const)),
}

const MISSING = {
  key: 'missingCustomer',
  label: 'A customer without a code',
} as const

const REFUSE_OR_ACCOUNT = [
  ['refuse', 'refuse the order'],
  ['account', 'use one account'],
] as const

const NEVER_CREATED: SettingField = {
  ...MISSING,
  help: 'When neither the order nor the customer codes name one. This file carries nothing of a customer but the code, so no new customer can come of it.',
  input: choice(...REFUSE_OR_ACCOUNT),
}

const CAN_BE_CREATED: SettingField = {
  ...MISSING,
  help: 'When neither the order nor the customer codes name one. Create: the file carries no code, and the customer’s name, company, addresses, e-mail and phone; your package has to enter a new customer from them. See with a test order that it does.',
  input: choice(...REFUSE_OR_ACCOUNT, ['create', 'create in the package']),
}

const ACCOUNT: SettingField = {
  key: 'customerCodeWhenMissing',
  label: 'Account for orders without a customer code',
  help: 'The code of the one account that takes them all.',
  input: text(),
  only: { key: 'missingCustomer', is: 'account' },
}

const REFUSE_OR_REPORT = choice(['refuse', 'refuse the order'], ['report', 'write and report it'])

const UNKNOWN_CODES: readonly SettingField[] = [
  {
    key: 'unknownCustomer',
    label: 'Customer code not listed',
    help: 'Once a list of customers was read. Reported: on the order’s timeline, with the delivery.',
    input: REFUSE_OR_REPORT,
  },
  {
    key: 'unknownProduct',
    label: 'Product code not listed',
    help: 'Once a list of products was read. Reported: on the order’s timeline, with the delivery.',
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
      label: 'Longest customer code',
      help: 'A longer code fails the order; it is never cut. Empty: no limit.',
      evidence: 'seen',
      input: LIMIT,
    },
    {
      key: 'productCodeMaxLength',
      label: 'Longest product code',
      help: 'A longer code fails the order; it is never cut. Empty: no limit, since none is known.',
      input: LIMIT,
    },
    {
      key: 'productCodeWhenMissing',
      label: 'Code for lines without a product code',
      help: 'Empty: such an order is refused, with the reason.',
      input: text(),
    },
  ],
}

const charges = (chargesAs: SettingInput, help: string, more: readonly SettingField[] = []): SettingGroup => ({
  title: 'Freight, fees and discounts',
  fields: [
    { key: 'chargesAs', label: 'Write them as', help, evidence: 'assumed', input: chargesAs },
    ...more,
    {
      key: 'freightCode',
      label: 'Code for freight',
      help: 'Empty: an order with freight is refused.',
      evidence: 'assumed',
      input: text(),
    },
    { key: 'feeCode', label: 'Code for fees', help: 'Empty: an order with a fee is refused.', evidence: 'assumed', input: text() },
    {
      key: 'discountCode',
      label: 'Code for discounts',
      help: 'Empty: an order with a discount of its own is refused.',
      evidence: 'assumed',
      input: text(),
    },
    {
      key: 'discountSign',
      label: 'A discount is',
      help: 'What makes its amount negative.',
      evidence: 'assumed',
      input: choice(['price', 'quantity 1 at a negative price'], ['quantity', 'quantity -1 at a positive price']),
    },
    {
      key: 'unpricedCharges',
      label: 'Where its amount has no place',
      help: 'When no field carries the price of a freight, fee or discount line.',
      input: choice(['report', 'write the code, report the amount'], ['refuse', 'refuse the order']),
    },
  ],
})

const ATTACHE_AMOUNTS: SettingGroup = {
  title: 'Amounts',
  fields: [
    {
      key: 'currency',
      label: 'Currency of the books',
      help: 'Three letters, e.g. AUD: an order in another currency is refused. Empty: not checked.',
      input: text(3),
    },
    {
      key: 'priceTax',
      label: 'Prices',
      help: 'Whether the prices written contain tax.',
      evidence: 'assumed',
      input: choice(['excluded', 'without tax'], ['included', 'with tax']),
    },
    {
      key: 'priceDecimals',
      label: 'Decimals of prices',
      help: 'Digits after the point, at most.',
      input: { kind: 'number', min: 0, max: 8 },
    },
    {
      key: 'totalDifference',
      label: "When the parts do not add up to the store's total",
      help: 'The difference is always on record.',
      input: choice(['report', 'write the order and report it'], ['refuse', 'refuse the order']),
    },
  ],
}

const UNMAPPABLE: SettingField = {
  key: 'unmappable',
  label: 'Characters that Attaché lacks',
  help: 'Such as Chinese or emoji: only Windows-1252 is taken.',
  evidence: 'assumed',
  input: choice(['transliterate', 'write them in plain letters'], ['refuse', 'refuse the order']),
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
      help: 'An order with a line without one is refused, unless a code is named here.',
      input: { kind: 'yes or no' },
    },
    { key: 'productCodeWhenMissing', label: 'Code for lines without a product code', help: 'Empty: none.', input: text() },
  ],
}

const GROUPS: Readonly<Record<ProfileName, readonly SettingGroup[]>> = {
  'ubl-order': [
    {
      title: 'Document',
      fields: [
        { key: 'sellerName', label: 'Your business', help: 'As the file names the seller.', input: text() },
        {
          key: 'taxScheme',
          label: 'Tax scheme',
          help: 'GST, VAT, or what your package expects (UN/ECE 5153).',
          input: text(20),
        },
        {
          key: 'customizationId',
          label: 'Customization ID',
          help: 'Names the flavour of UBL that the receiver asks for. Empty: left out.',
          input: text(),
        },
        {
          key: 'profileId',
          label: 'Profile ID',
          help: 'Names the business process that the receiver asks for. Empty: left out.',
          input: text(),
        },
        TIME_ZONE,
        {
          key: 'defaultUnitCode',
          label: 'Unit code where none is known',
          help: 'UN/ECE Recommendation 20; C62 is "one".',
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
          label: 'Object id',
          help: 'Names the screen in Attaché; 107 is customer orders (ADI).',
          evidence: 'seen',
          input: text(6),
        },
        {
          key: 'location',
          label: 'Location',
          help: 'Stands first in every product and service line of a multi-location site. Empty: no such element.',
          evidence: 'seen',
          input: text(),
        },
        {
          key: 'noteElement',
          label: "Header element for the customer's note",
          help: 'Its name differs from site to site. It comes last, unless it stands in the header. Empty: the note is not written.',
          input: text(61),
        },
        {
          key: 'noteMaxLength',
          label: 'Longest note',
          help: 'What is longer is cut, and that is reported.',
          input: LIMIT,
        },
        DATE_FORMAT,
        TIME_ZONE,
        UNMAPPABLE,
      ],
    },
    ATTACHE_CODES,
    charges(choice(...LINE_KINDS), 'The kind of line that carries them.', [
      {
        key: 'freightAs',
        label: 'Freight apart',
        help: 'Where freight goes elsewhere than the others.',
        evidence: 'assumed',
        input: SAME_OR,
      },
      { key: 'feeAs', label: 'Fees apart', help: 'Where fees go elsewhere than the others.', evidence: 'assumed', input: SAME_OR },
      {
        key: 'discountAs',
        label: 'Discounts apart',
        help: 'Where discounts go elsewhere than the others.',
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
          help: 'Windows-1252 is what Attaché takes on Western Windows.',
          evidence: 'assumed',
          input: choice(['windows-1252', 'Windows-1252'], ['cp850', 'DOS 850'], ['cp437', 'DOS 437'], ['utf-8', 'UTF-8']),
        },
        {
          key: 'separator',
          label: 'Between fields',
          help: 'A comma, unless your site is set up otherwise.',
          evidence: 'vendor',
          input: choice([',', 'comma ,'], [';', 'semicolon ;'], ['|', 'bar |'], ['\t', 'tab']),
        },
        {
          key: 'quotes',
          label: 'Quotes',
          help: 'Which fields stand in double quotes. Key codes never do.',
          evidence: 'seen',
          input: choice(['always', 'every field'], ['when-filled', 'fields with a value'], ['never', 'none']),
        },
        {
          key: 'lineEnd',
          label: 'Line ends',
          help: 'Windows programs expect CR LF.',
          evidence: 'seen',
          input: choice(['crlf', 'CR LF (Windows)'], ['lf', 'LF']),
        },
        DATE_FORMAT,
        TIME_ZONE,
        UNMAPPABLE,
        {
          key: 'directiveSeparator',
          label: 'Between directives',
          help: 'What stands between the directives of the first line.',
          evidence: 'assumed',
          input: choice(['', 'nothing'], [' ', 'a blank']),
        },
      ],
    },
    ATTACHE_CODES,
    charges(
      choice(['line-rows', 'rows like the lines'], ['leave-out', 'leave them out, report each']),
      'Whether they get rows of their own.',
    ),
    ATTACHE_AMOUNTS,
  ],
}

/** Settings that have an editor of their own, with what the screens call them. */
export const EDITED_APART: Readonly<Record<ProfileName, Readonly<Record<string, string>>>> = {
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

/** What the screens call a setting; its key where they do not show it. */
export function settingLabel(profile: ProfileName, key: string): string {
  const field = GROUPS[profile].flatMap((group) => group.fields).find((one) => one.key === key)
  return field?.label ?? EDITED_APART[profile][key] ?? key
}

/** A setting's value in words. */
export function settingValueWords(field: SettingField, value: unknown): string {
  if (field.input.kind === 'choice') return field.input.choices.find((one) => one.value === value)?.label ?? String(value)
  if (field.input.kind === 'yes or no') return value === true ? 'yes' : 'no'
  if (value === null) return 'no limit'
  return value === '' ? 'empty' : String(value)
}
