/** An answer's text that is understood, and what the office should do. */
interface KnownAnswer {
  pattern: RegExp
  explanation: string
  remedy: string
}

/**
 * Wordings of common refusals. No list of Attaché's messages is published, so these match what such messages have to name, and the screen says
 * "probably". The answer itself is always shown word for word.
 */
const KNOWN: readonly KnownAnswer[] = [
  {
    pattern: /customer.{0,40}(not (found|on file|known)|does not exist|invalid|unknown|missing)|(invalid|unknown) customer/is,
    explanation: 'Probably the customer code is not known in the accounting package.',
    remedy: 'Correct the customer code on the order (Edit), or add the customer in the accounting package.',
  },
  {
    pattern:
      /(product|item|stock|part).{0,40}(not (found|on file|known)|does not exist|invalid|unknown|missing)|(invalid|unknown) (product|item)/is,
    explanation: 'Probably a product code is not known in the accounting package.',
    remedy: "Correct the line's product code on the order (Edit), or add the product in the accounting package.",
  },
  {
    pattern: /(duplicate|already (exists|entered|used|imported|on file))/is,
    explanation: 'Probably this order is in the accounting package already.',
    remedy: 'Look there first. If it is, choose Mark as Imported; do not send it again.',
  },
  {
    pattern: /(credit (limit|hold|stop)|on (stop|hold)|account.{0,20}(closed|stopped))/is,
    explanation: "Probably the customer's account is on hold or over its credit limit.",
    remedy: 'Clear it in the accounting package.',
  },
  {
    pattern: /(period.{0,30}(closed|locked)|date.{0,40}(invalid|out of range|not (valid|allowed)|closed))/is,
    explanation: "Probably the order's date lies in a closed period or was written in a form that the accounting package does not take.",
    remedy: 'Open the period, or ask who looks after the format profile.',
  },
  {
    pattern: /(locked by|in use by|record.{0,20}lock)/is,
    explanation: 'Probably someone had the record open in the accounting package at that moment.',
    remedy: 'Close it there.',
  },
]

/** What an answer's text probably means; null where it is not understood. */
export function explainAnswer(text: string): { explanation: string; remedy: string } | null {
  return KNOWN.find(({ pattern }) => pattern.test(text)) ?? null
}
