/** An element with its children or its text. */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  content: string | readonly XmlElement[]
}

/** An element, or null where it would be empty: an empty element says something else than a missing one. Empty attributes are left out. */
export function element(
  name: string,
  content: string | readonly (XmlElement | null)[],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement | null {
  const kept = typeof content === 'string' ? content : content.filter((child) => child !== null)
  if (kept.length === 0) return null
  return { name, attributes, content: kept }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\r': '&#13;' }

/** Text with the five entities of XML; a carriage return as a reference, for readers turn a plain one into a line feed (XML 1.0, 2.11). */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => ENTITIES[character] ?? character)
}

function write(node: XmlElement, indent: string, quote: string, out: string[]): void {
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}=${quote}${escapeXml(value)}${quote}`)
  const open = `${indent}<${node.name}${attributes.join('')}>`
  if (typeof node.content === 'string') {
    out.push(`${open}${escapeXml(node.content)}</${node.name}>`)
    return
  }
  out.push(open)
  for (const child of node.content) write(child, `${indent}  `, quote, out)
  out.push(`${indent}</${node.name}>`)
}

/** A whole document in UTF-8 without a byte order mark, indented, line feeds. Names must be XML names, texts without characters that XML lacks. */
export function xmlDocument(root: XmlElement, options: { attributeQuote?: '"' | "'" } = {}): Uint8Array {
  const out = ['<?xml version="1.0" encoding="UTF-8"?>']
  write(root, '', options.attributeQuote ?? '"', out)
  return new TextEncoder().encode(`${out.join('\n')}\n`)
}
