import { PLACEHOLDERS, type Placeholder, type TemplateText } from '../../../src-shared/mail'
import type { OrderStatus } from '../../../src-shared/order'
import { wellFormed } from '../importers/reading/well-formed'

const MAX_SUBJECT_LENGTH = 200
const MAX_NAME_LENGTH = 100

const CLOSING = '{{comments}}\n\nKind regards\n{{shop}}'

/** The templates that apply until a person changes them. */
export const DEFAULT_TEMPLATES: Readonly<Record<OrderStatus, TemplateText>> = {
  Pending: template('has been received', 'We have received your order {{number}} and will let you know when its status changes.'),
  Processing: template('is being prepared', 'Your order {{number}} is being prepared.'),
  'On Hold': template('is on hold', 'Your order {{number}} is on hold for the moment.'),
  Dispatched: template('has been dispatched', 'Your order {{number}} is on its way to you.'),
  Completed: template('is complete', 'Your order {{number}} is complete. Thank you for buying from us.'),
  Cancelled: template('has been cancelled', 'Your order {{number}} has been cancelled.'),
}

function template(subjectEnd: string, sentence: string): TemplateText {
  return { subject: `Your order {{number}} ${subjectEnd}`, text: `Dear {{customer}},\n\n${sentence}\n\n${CLOSING}` }
}

/** Returns the names in double braces that are not placeholders. */
export function unknownPlaceholders({ subject, text }: TemplateText): string[] {
  const found = [...`${subject}\n${text}`.matchAll(/\{\{([^{}]*)\}\}/g)].map(([, name]) => (name ?? '').trim())
  return [...new Set(found)].filter((name) => !isPlaceholder(name))
}

function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(PLACEHOLDERS, name)
}

/**
 * Fills in a template. Placeholders inside the values are not filled in, and no value can start a new line in the subject. If the template has no
 * placeholder for the comments, they are added at the end.
 */
export function noticeText(noticeTemplate: TemplateText, values: Readonly<Record<Placeholder, string>>): TemplateText {
  const text = plainText(
    fill(noticeTemplate.text, {
      ...values,
      customer: oneLine(values.customer),
      number: oneLine(values.number),
      shop: oneLine(values.shop),
    }),
  )
  const hasCommentsPlaceholder = /\{\{\s*comments\s*\}\}/.test(noticeTemplate.text)
  const comments = plainText(values.comments)
  const whole = hasCommentsPlaceholder || comments === '' ? text : `${text}\n\n${comments}`
  return { subject: oneLine(fill(noticeTemplate.subject, values), MAX_SUBJECT_LENGTH), text: `${whole}\n` }
}

function fill(text: string, values: Readonly<Record<Placeholder, string>>): string {
  return text.replaceAll(/\{\{([^{}]*)\}\}/g, (whole, name: string) =>
    isPlaceholder(name.trim()) ? values[name.trim() as Placeholder] : whole,
  )
}

/** Returns text on one line, without control characters, cut to `maxLength` characters. */
export function oneLine(text: string, maxLength = MAX_NAME_LENGTH): string {
  const line = wellFormed(text)
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
  return [...line].length <= maxLength ? line : `${[...line].slice(0, maxLength - 1).join('')}…`
}

/** Returns text that may have several lines, with no control characters except tabs. Closes the gap that an empty placeholder leaves. */
function plainText(text: string): string {
  return wellFormed(text)
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}/gu, '')
    .replaceAll(/[ \t]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}
