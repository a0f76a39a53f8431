import { PLACEHOLDERS, type Placeholder, type TemplateText } from '../../../src-shared/mail'
import type { OrderStatus } from '../../../src-shared/order'
import { wellFormed } from '../importers/reading/well-formed'

const LONGEST_SUBJECT = 200
const LONGEST_NAME = 100

const CLOSING = '{{comments}}\n\nKind regards\n{{shop}}'

/** What is sent where nobody has written anything else. */
export const DEFAULT_TEMPLATES: Readonly<Record<OrderStatus, TemplateText>> = {
  Pending: template('has been received', 'We have received your order {{number}} and will let you know when it moves on.'),
  Processing: template('is being prepared', 'Your order {{number}} is being prepared.'),
  'On Hold': template('is on hold', 'Your order {{number}} is on hold for the moment.'),
  Dispatched: template('has been dispatched', 'Your order {{number}} is on its way to you.'),
  Completed: template('is complete', 'Your order {{number}} is complete. Thank you for buying from us.'),
  Cancelled: template('has been cancelled', 'Your order {{number}} has been cancelled.'),
}

function template(what: string, sentence: string): TemplateText {
  return { subject: `Your order {{number}} ${what}`, text: `Dear {{customer}},\n\n${sentence}\n\n${CLOSING}` }
}

/** Names in double braces that stand for nothing. */
export function unknownPlaceholders({ subject, text }: TemplateText): string[] {
  const found = [...`${subject}\n${text}`.matchAll(/\{\{([^{}]*)\}\}/g)].map(([, name]) => (name ?? '').trim())
  return [...new Set(found)].filter((name) => !isPlaceholder(name))
}

function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(PLACEHOLDERS, name)
}

/**
 * Subject and text with the values in their places. Values are put in as they are and never looked at again; none can begin a new line of
 * the subject. Comments that the template has no place for stand below it.
 */
export function noticeText(from: TemplateText, values: Readonly<Record<Placeholder, string>>): TemplateText {
  const text = plainText(
    fill(from.text, { ...values, customer: oneLine(values.customer), number: oneLine(values.number), shop: oneLine(values.shop) }),
  )
  const hasPlace = /\{\{\s*comments\s*\}\}/.test(from.text)
  const comments = plainText(values.comments)
  const whole = hasPlace || comments === '' ? text : `${text}\n\n${comments}`
  return { subject: oneLine(fill(from.subject, values), LONGEST_SUBJECT), text: `${whole}\n` }
}

function fill(text: string, values: Readonly<Record<Placeholder, string>>): string {
  return text.replaceAll(/\{\{([^{}]*)\}\}/g, (whole, name: string) =>
    isPlaceholder(name.trim()) ? values[name.trim() as Placeholder] : whole,
  )
}

/** Text on one line, without control characters, clipped. */
export function oneLine(text: string, longest = LONGEST_NAME): string {
  const line = wellFormed(text)
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
  return [...line].length <= longest ? line : `${[...line].slice(0, longest - 1).join('')}…`
}

/** Text of several lines, without other control characters; an empty placeholder leaves no gap. */
function plainText(text: string): string {
  return wellFormed(text)
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}/gu, '')
    .replaceAll(/[ \t]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}
