import { Places } from './places'

/** An element with its children or its text. */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  content: string | readonly XmlElement[]
  /** What messages call the value, e.g. `line 2: product code`, or the part of the order, e.g. `line 2`. */
  field?: string
}

/** A value with the name that messages give it. */
export interface NamedText {
  field: string
  text: string
}

/** An element, or null where it would be empty: an empty element says something else than a missing one. Empty attributes are left out. */
export function element(
  name: string,
  content: string | NamedText | readonly (XmlElement | null)[],
  attributes: Readonly<Record<string, string>> = {},
  field?: string,
): XmlElement | null {
  if (typeof content === 'object' && 'text' in content) return element(name, content.text, attributes, content.field)
  const kept = typeof content === 'string' ? content : content.filter((child) => child !== null)
  if (kept.length === 0) return null
  return { name, attributes, content: kept, ...(field === undefined ? {} : { field }) }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\r': '&#13;' }

/** Text with the five entities of XML; a carriage return as a reference, for readers turn a plain one into a line feed (XML 1.0, 2.11). */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => ENTITIES[character] ?? character)
}

/** Lines as they are written, and where each value came to stand. */
class Lines {
  readonly places = new Places()
  readonly out = ['<?xml version="1.0" encoding="UTF-8"?>']
  private line = 2

  constructor(private readonly quote: string) {}

  write(node: XmlElement, indent: string): void {
    const { quote } = this
    const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}=${quote}${escapeXml(value)}${quote}`)
    const open = `${indent}<${node.name}${attributes.join('')}>`
    if (typeof node.content === 'string') {
      const text = escapeXml(node.content)
      this.note(node.field, open.length + 1, text.length, node.content)
      this.push(`${open}${text}</${node.name}>`)
      return
    }
    this.note(node.field, indent.length + 1, open.length - indent.length, '')
    this.push(open)
    for (const child of node.content) this.write(child, `${indent}  `)
    this.push(`${indent}</${node.name}>`)
  }

  private note(field: string | undefined, column: number, length: number, text: string): void {
    if (field !== undefined) this.places.note(field, { line: this.line, column, length }, text)
  }

  private push(text: string): void {
    this.out.push(text)
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.line += 1
    this.line += 1
  }
}

/** A whole document in UTF-8 without a byte order mark, indented, line feeds. Names must be XML names, texts without characters that XML lacks. */
export function xmlDocument(root: XmlElement, options: { attributeQuote?: '"' | "'" } = {}): { bytes: Uint8Array; places: Places } {
  const lines = new Lines(options.attributeQuote ?? '"')
  lines.write(root, '')
  return { bytes: new TextEncoder().encode(`${lines.out.join('\n')}\n`), places: lines.places }
}
