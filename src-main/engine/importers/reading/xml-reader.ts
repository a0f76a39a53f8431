import { SaxesParser, type SaxesTagNS } from 'saxes'
import { decodeXml } from './file-text'
import type { ImportFailure } from './import-problems'
import { LIMITS } from './order-limits'

/** An element of an XML document. */
export interface XmlElement {
  /** Namespace URI, or empty. */
  readonly namespace: string
  /** Name without prefix. */
  readonly name: string
  /** Attributes without a namespace, by name. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** The element's own text, without its children's. */
  readonly text: string
  /** Line of its start tag, counted from 1. */
  readonly line: number
}

/** The root element, or why the document can't be read, with line and column. */
export type XmlResult = { ok: true; root: XmlElement } | { ok: false; failure: ImportFailure }

interface MutableElement extends XmlElement {
  children: MutableElement[]
  text: string
}

/**
 * Reads an XML document into a tree, with namespaces. Refuses a document type declaration, so nothing is ever expanded or fetched. Limits size,
 * depth, elements and attributes. Failures: `too-large`, `bad-encoding`, `has-dtd`, `too-deep`, `too-complex`, `not-xml`.
 */
export function readXml(bytes: Uint8Array): XmlResult {
  if (bytes.length > LIMITS.xmlBytes) {
    return refusal('too-large', `The file has ${bytes.length} bytes; the limit for an XML file is ${LIMITS.xmlBytes}.`)
  }
  const decoded = decodeXml(bytes)
  if (!decoded.ok) return decoded
  try {
    return { ok: true, root: parse(decoded.text) }
  } catch (error) {
    if (error instanceof XmlRefusedError) return { ok: false, failure: error.failure }
    throw error
  }
}

/** The first child with that name, or undefined. */
export function childOf(element: XmlElement | undefined, namespace: string, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name && child.namespace === namespace)
}

/** Every child with that name, in document order. */
export function childrenOf(element: XmlElement | undefined, namespace: string, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name && child.namespace === namespace) ?? []
}

class XmlRefusedError extends Error {
  readonly failure: ImportFailure
  constructor(failure: ImportFailure) {
    super(failure.message)
    this.failure = failure
  }
}

function parse(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true })
  const open: MutableElement[] = []
  let root: MutableElement | undefined
  let elements = 0
  let attributes = 0

  const refuse = (code: ImportFailure['code'], detail: string): never => {
    const start = code === 'not-xml' ? 'The file is not well-formed XML' : 'The file cannot be read'
    throw new XmlRefusedError(refusal(code, `${start}: line ${parser.line}, column ${parser.column + 1}: ${detail}.`).failure)
  }

  parser.on('error', (error) => refuse('not-xml', error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')))
  parser.on('doctype', () =>
    refuse('has-dtd', 'it has a document type declaration (DOCTYPE), which Ledgerdrop refuses for security reasons'),
  )
  parser.on('opentagstart', () => {
    elements += 1
    attributes = 0
    if (open.length >= LIMITS.depth) refuse('too-deep', `elements are nested more than ${LIMITS.depth} deep`)
    if (elements > LIMITS.xmlElements) refuse('too-complex', `it contains more than ${LIMITS.xmlElements} elements`)
  })
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > LIMITS.xmlAttributes) refuse('too-complex', `an element has more than ${LIMITS.xmlAttributes} attributes`)
  })
  parser.on('opentag', (tag: SaxesTagNS) => {
    const element: MutableElement = {
      namespace: tag.uri,
      name: tag.local,
      attributes: plainAttributes(tag),
      children: [],
      text: '',
      line: parser.line,
    }
    const parent = open.at(-1)
    if (parent === undefined) root = element
    else parent.children.push(element)
    open.push(element)
  })
  const addText = (characters: string) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += characters
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(text).close()
  return root ?? refuse('not-xml', 'it has no root element')
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map()

function plainAttributes(tag: SaxesTagNS): ReadonlyMap<string, string> {
  let found: Map<string, string> | undefined
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.prefix !== '' || attribute.uri !== '') continue
    found ??= new Map()
    found.set(attribute.local, attribute.value)
  }
  return found ?? NO_ATTRIBUTES
}

function refusal(code: ImportFailure['code'], message: string): { ok: false; failure: ImportFailure } {
  const remedy = 'Send the document again from the program that wrote it. No orders were read from this file.'
  return { ok: false, failure: { code, message, remedy } }
}
