/** The key of a document that holds several answers about one order. Each is an Order of Shopify's Admin GraphQL API as it was sent. */
export const PIECES_KEY = 'shopifyOrder'

/** The facts of a Shopify order that its status follows from. */
interface StatusFacts {
  isTest: boolean
  isCancelled: boolean
  /** `displayFinancialStatus`, e.g. `PARTIALLY_PAID`; empty if Shopify states none. */
  financialStatus: string
}

/** Returns the status of a Shopify order as it is called here, e.g. `partially paid`; Shopify itself has no single one. */
export function shopifyOrderStatus({ isTest, isCancelled, financialStatus }: StatusFacts): string {
  if (isTest) return 'test'
  if (isCancelled) return 'cancelled'
  return financialStatus === '' ? 'no payment status' : financialStatus.toLowerCase().replaceAll('_', ' ')
}

/** The end of a line that Ledgerdrop has added to an order's note: the mark of the update. */
const MARK_AT_END = /\[Ledgerdrop [^\]\n]+\]\s*$/

/** Returns a line to add to a Shopify order's note. Shopify has one note per order, so the line must be told apart from what the customer wrote. */
export function storeNote(text: string, mark: string): string {
  return `${text.replaceAll(/\s+/g, ' ').trim()} ${mark}`
}

/** Returns the note without the lines that Ledgerdrop has added, so that its own note doesn't count as a change of the order. */
export function withoutStoreNotes(note: string): string {
  if (!note.includes('[Ledgerdrop ')) return note
  const lines = note.split('\n').filter((line) => !MARK_AT_END.test(line))
  return lines.join('\n')
}
