import type { FailureCode } from '../../../../src-shared/failure'
import { wellFormed } from '../reading/well-formed'
import { childOf, childrenOf, readXml, type XmlElement } from '../reading/xml-reader'

/** What an answer document says of one order. `note`: received or in process, nothing decided. */
export interface AnswerOfDocument {
  /** The order number that it names. */
  orderNumber: string
  verdict: 'accepted' | 'rejected' | 'held' | 'note'
  /** The document's own words, a line each; empty where it has none. */
  text: string
}

/** An answer document read, or why not. `foreign`: well-formed XML of another kind, none of our business. */
export type ReadAnswer =
  | { kind: 'answer'; documentType: string; answers: AnswerOfDocument[] }
  | { kind: 'foreign' }
  | { kind: 'unreadable'; code: FailureCode; message: string }

const CBC = 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'
const CAC = 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2'
const DOCUMENT = 'urn:oasis:names:specification:ubl:schema:xsd:'

/**
 * Response codes: UNCL 4343 as Peppol uses it in OrderResponse and ApplicationResponse. AB received, AP accepted, RE rejected, CA accepted with changes,
 * IP in process, UQ under query. A code that is not listed waits for a person.
 */
const CODES: Readonly<Record<string, AnswerOfDocument['verdict']>> = {
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

/** Each answer holds the words that the document says to all: many answers with long words would fill the memory. */
const MOST_ANSWERS = 1000
const LONGEST_TEXT = 20_000

function withOrders(root: XmlElement, answers: AnswerOfDocument[]): ReadAnswer {
  const named = answers.filter((answer) => answer.orderNumber !== '')
  if (named.length > MOST_ANSWERS) {
    return { kind: 'unreadable', code: 'too-complex', message: `The ${root.name} answers more than ${MOST_ANSWERS} orders.` }
  }
  if (named.length > 0) return { kind: 'answer', documentType: root.name, answers: named }
  return { kind: 'unreadable', code: 'no-order-named', message: `The ${root.name} names no order.` }
}

function orderResponseSimple(root: XmlElement): AnswerOfDocument[] {
  const indicator = textAt(root, 'AcceptedIndicator').toLowerCase()
  const isAccepted = indicator === 'true' || indicator === '1'
  const isRejected = indicator === 'false' || indicator === '0'
  const text = textsOf(root, 'RejectionNote', 'Note')
  const verdict = isAccepted ? 'accepted' : isRejected ? 'rejected' : 'held'
  return orderNumbers(root, 'OrderReference').map((orderNumber) => ({ orderNumber, verdict, text }))
}

function orderResponse(root: XmlElement): AnswerOfDocument[] {
  const code = textAt(root, 'OrderResponseCode').toUpperCase()
  const text = cut([codeText(code), textsOf(root, 'Note')].filter(Boolean).join('\n'))
  return orderNumbers(root, 'OrderReference').map((orderNumber) => ({ orderNumber, verdict: CODES[code] ?? 'held', text }))
}

function applicationResponse(root: XmlElement): AnswerOfDocument[] {
  const note = textsOf(root, 'Note')
  // One more than are allowed is enough to tell.
  return childrenOf(root, CAC, 'DocumentResponse')
    .slice(0, MOST_ANSWERS + 1)
    .flatMap((documentResponse) => {
      const response = childOf(documentResponse, CAC, 'Response')
      const code = textAt(response, 'ResponseCode').toUpperCase()
      const lines = childrenOf(documentResponse, CAC, 'LineResponse').map(lineText)
      const text = cut([codeText(code), textsOf(response, 'Description'), note, ...lines].filter(Boolean).join('\n'))
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

/** Of a very long text the beginning, as in order files. */
function cut(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${wellFormed(text.slice(0, LONGEST_TEXT))}\n… (the rest is in the file)`
}

function textAt(element: XmlElement | undefined, name: string): string {
  return childOf(element, CBC, name)?.text.trim() ?? ''
}

function textsOf(element: XmlElement | undefined, ...names: string[]): string {
  const texts = names.flatMap((name) => childrenOf(element, CBC, name).map((found) => found.text.trim()))
  return cut(texts.filter(Boolean).join('\n'))
}
