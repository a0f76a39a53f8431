import type { FailureCode } from '../../../../src-shared/failure'
import { wellFormed } from '../reading/well-formed'
import { childOf, childrenOf, readXml, type XmlElement } from '../reading/xml-reader'

/** What an answer document says about one order. `note`: received or in process, but not decided. */
export interface DocumentAnswer {
  /** The order number it refers to. */
  orderNumber: string
  verdict: 'accepted' | 'rejected' | 'held' | 'note'
  /** The document's texts, one per line; may be empty. */
  text: string
}

/** An answer document, or why it can't be read. `foreign`: well-formed XML of another kind, which is ignored. */
export type ReadAnswer =
  | { kind: 'answer'; documentType: string; answers: DocumentAnswer[] }
  | { kind: 'foreign' }
  | { kind: 'unreadable'; code: FailureCode; message: string }

const CBC = 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'
const CAC = 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2'
const DOCUMENT = 'urn:oasis:names:specification:ubl:schema:xsd:'

/**
 * Response codes: UNCL 4343 as Peppol uses it in OrderResponse and ApplicationResponse. AB received, IP in process, PD paid, AP accepted,
 * CA accepted with changes, RE rejected, UQ under query. An order with any other code needs review.
 */
const CODES: Readonly<Record<string, DocumentAnswer['verdict']>> = {
  AB: 'note',
  IP: 'note',
  PD: 'note',
  AP: 'accepted',
  CA: 'accepted',
  RE: 'rejected',
  UQ: 'held',
}

/** Reads a UBL OrderResponseSimple, OrderResponse or ApplicationResponse. Never throws. */
export function readAnswerDocument(bytes: Uint8Array): ReadAnswer {
  const read = readXml(bytes)
  if (!read.ok) return { kind: 'unreadable', code: read.failure.code, message: read.failure.message }
  const { root } = read
  switch (root.namespace) {
    case `${DOCUMENT}OrderResponseSimple-2`:
      return withOrders(root, orderResponseSimple(root))
    case `${DOCUMENT}OrderResponse-2`:
      return withOrders(root, orderResponse(root))
    case `${DOCUMENT}ApplicationResponse-2`:
      return withOrders(root, applicationResponse(root))
    default:
      return { kind: 'foreign' }
  }
}

/** These limit memory use: each answer repeats the texts that apply to the whole document. */
const MAX_ANSWERS = 1000
const MAX_TEXT_LENGTH = 20_000

function withOrders(root: XmlElement, answers: DocumentAnswer[]): ReadAnswer {
  const named = answers.filter((answer) => answer.orderNumber !== '')
  if (named.length > MAX_ANSWERS) {
    return { kind: 'unreadable', code: 'too-complex', message: `The ${root.name} answers more than ${MAX_ANSWERS} orders.` }
  }
  if (named.length > 0) return { kind: 'answer', documentType: root.name, answers: named }
  return { kind: 'unreadable', code: 'no-order-named', message: `The ${root.name} does not name an order.` }
}

function orderResponseSimple(root: XmlElement): DocumentAnswer[] {
  const indicator = textAt(root, 'AcceptedIndicator').toLowerCase()
  const isAccepted = indicator === 'true' || indicator === '1'
  const isRejected = indicator === 'false' || indicator === '0'
  const text = textsOf(root, 'RejectionNote', 'Note')
  const verdict = isAccepted ? 'accepted' : isRejected ? 'rejected' : 'held'
  return orderNumbers(root, 'OrderReference').map((orderNumber) => ({ orderNumber, verdict, text }))
}

function orderResponse(root: XmlElement): DocumentAnswer[] {
  const code = textAt(root, 'OrderResponseCode').toUpperCase()
  const text = truncate([codeText(code), textsOf(root, 'Note')].filter(Boolean).join('\n'))
  return orderNumbers(root, 'OrderReference').map((orderNumber) => ({ orderNumber, verdict: CODES[code] ?? 'held', text }))
}

function applicationResponse(root: XmlElement): DocumentAnswer[] {
  const note = textsOf(root, 'Note')
  // One more than the limit is enough to detect that there are too many.
  return childrenOf(root, CAC, 'DocumentResponse')
    .slice(0, MAX_ANSWERS + 1)
    .flatMap((documentResponse) => {
      const response = childOf(documentResponse, CAC, 'Response')
      const code = textAt(response, 'ResponseCode').toUpperCase()
      const lines = childrenOf(documentResponse, CAC, 'LineResponse').map(lineText)
      const text = truncate([codeText(code), textsOf(response, 'Description'), note, ...lines].filter(Boolean).join('\n'))
      return orderNumbers(documentResponse, 'DocumentReference').map((orderNumber) => ({
        orderNumber,
        verdict: CODES[code] ?? 'held',
        text,
      }))
    })
}

function lineText(lineResponse: XmlElement): string {
  const line = textAt(childOf(lineResponse, CAC, 'LineReference'), 'LineID')
  const said = childrenOf(lineResponse, CAC, 'Response').map((response) =>
    [codeText(textAt(response, 'ResponseCode').toUpperCase()), textsOf(response, 'Description')].filter(Boolean).join(' '),
  )
  return `Line ${line}: ${said.join('; ')}`
}

const CODE_TEXTS: Readonly<Record<string, string>> = {
  AB: 'AB: received',
  IP: 'IP: in process',
  PD: 'PD: paid',
  AP: 'AP: accepted',
  CA: 'CA: accepted with changes',
  RE: 'RE: rejected',
  UQ: 'UQ: under query',
}

function codeText(code: string): string {
  return code === '' ? '' : (CODE_TEXTS[code] ?? `Code ${code}`)
}

function orderNumbers(element: XmlElement, reference: string): string[] {
  const numbers = childrenOf(element, CAC, reference).map((found) => textAt(found, 'ID'))
  return [...new Set(numbers.filter((number) => number !== ''))]
}

/** Shortens a very long text to the limit that also applies to order files. */
function truncate(text: string): string {
  return text.length <= MAX_TEXT_LENGTH ? text : `${wellFormed(text.slice(0, MAX_TEXT_LENGTH))}\n… (the rest is in the file)`
}

function textAt(element: XmlElement | undefined, name: string): string {
  return childOf(element, CBC, name)?.text.trim() ?? ''
}

function textsOf(element: XmlElement | undefined, ...names: string[]): string {
  const texts = names.flatMap((name) => childrenOf(element, CBC, name).map((found) => found.text.trim()))
  return truncate(texts.filter(Boolean).join('\n'))
}
