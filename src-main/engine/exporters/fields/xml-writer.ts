import { FieldLocations } from './field-locations'

/** An XML element with its children or its text. */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  content: string | readonly XmlElement[]
  /** The name in messages of the value, e.g. `line 2: product code`, or of the part of the order, e.g. `line 2`. */
  field?: string
}

/** A value with its name in messages. */
export interface NamedText {
  field: string
  text: string
}

/** Returns an element, or null if it would be empty, because an empty element means something other than a missing one. */
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

/** Escapes text for XML. A carriage return becomes a reference, because readers turn a plain one into a line feed (XML 1.0, 2.11). */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => ENTITIES[character] ?? character)
}

/** Writes the lines of a document and records the position of each value. */
class LineWriter {
  readonly locations = new FieldLocations()
  readonly out = ['<?xml version="1.0" encoding="UTF-8"?>']
  private line = 2

  constructor(private readonly quote: string) {}

  write(node: XmlElement, indent: string): void {
    const { quote } = this
    const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}=${quote}${escapeXml(value)}${quote}`)
    const open = `${indent}<${node.name}${attributes.join('')}>`
    if (typeof node.content === 'string') {
      const text = escapeXml(node.content)
      this.addLocation(node.field, open.length + 1, text.length, node.content)
      this.push(`${open}${text}</${node.name}>`)
      return
    }
    this.addLocation(node.field, indent.length + 1, open.length - indent.length, '')
    this.push(open)
    for (const child of node.content) this.write(child, `${indent}  `)
    this.push(`${indent}</${node.name}>`)
  }

  private addLocation(field: string | undefined, column: number, length: number, text: string): void {
    if (field !== undefined) this.locations.add(field, { line: this.line, column, length }, text)
  }

  private push(text: string): void {
    this.out.push(text)
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.line += 1
    this.line += 1
  }
}

/**
 * Returns an indented document in UTF-8 without a byte order mark, with line feeds. Names must be XML names, and texts must contain only XML
 * characters.
 */
export function xmlDocument(
  root: XmlElement,
  options: { attributeQuote?: '"' | "'" } = {},
): { bytes: Uint8Array; locations: FieldLocations } {
  const lines = new LineWriter(options.attributeQuote ?? '"')
  lines.write(root, '')
  return { bytes: new TextEncoder().encode(`${lines.out.join('\n')}\n`), locations: lines.locations }
}
