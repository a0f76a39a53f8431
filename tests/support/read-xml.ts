import { SaxesParser } from 'saxes'

/** An element as read by a strict parser. `text` excludes the text of child elements. */
export interface ReadElement {
  name: string
  attributes: Record<string, string>
  children: ReadElement[]
  text: string
}

/** Parses UTF-8 bytes with a third-party parser. Throws unless they are well-formed XML 1.0 in valid UTF-8. */
export function readXml(bytes: Uint8Array): ReadElement {
  const top: ReadElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => {
    const node: ReadElement = { name: tag.name, attributes: { ...tag.attributes } as Record<string, string>, children: [], text: '' }
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  parser.on('closetag', () => open.pop())
  parser.on('text', (text) => {
    const node = open.at(-1)
    if (node) node.text += text
  })
  parser.write(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)).close()
  const root = top.children[0]
  if (!root) throw new Error('No root element')
  return root
}

/** All elements at a path of direct children below `node`, e.g. `cac:TaxTotal/cbc:TaxAmount`. */
export function at(node: ReadElement, path: string): ReadElement[] {
  let found = [node]
  for (const name of path.split('/')) found = found.flatMap((parent) => parent.children.filter((child) => child.name === name))
  return found
}

/** The text of the only element at a path. Throws unless there is exactly one. */
export function textAt(node: ReadElement, path: string): string {
  const found = at(node, path)
  const only = found[0]
  if (only === undefined || found.length !== 1) throw new Error(`${path} occurs ${found.length} times`)
  return only.text
}

/** The texts of all elements at a path, in document order. */
export function textsAt(node: ReadElement, path: string): string[] {
  return at(node, path).map((found) => found.text)
}
