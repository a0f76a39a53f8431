import { decodeXML, escapeUTF8 } from 'entities'
import { type Mask, shapeOf } from '../logs/mask-text'

/** Masks one value of a document: keeps known harmless values, and only the shape of others. */
type MaskValue = (value: string) => string

/**
 * Masks every value of a document (JSON, XML, KFI or CSV) that is not in `harmless`. Uses an allow list, because stores
 * send more personal data than Ledgerdrop stores with an order.
 */
export function maskDocument(text: string, harmless: ReadonlySet<string>, mask: Mask): string {
  const maskValue: MaskValue = (value) => (harmless.has(value.trim()) ? mask(value) : shapeOf(value))
  const start = text.trimStart().charAt(0)
  if (start === '{' || start === '[') {
    const json = parseJson(text)
    if (json !== undefined) return JSON.stringify(maskJson(json, maskValue), null, 2)
  }
  return start === '<' ? maskXml(text, maskValue) : maskFields(text, maskValue)
}

/** A JSON value with every text and number masked by `maskValue`. */
function maskJson(value: unknown, maskValue: MaskValue): unknown {
  if (typeof value === 'string') return maskValue(value)
  if (typeof value === 'number') return maskNumber(value, maskValue)
  if (Array.isArray(value)) return value.map((item) => maskJson(item, maskValue))
  if (typeof value !== 'object' || value === null) return value
  // Field names come from the store and are harmless, but some objects are maps whose keys may be addresses.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [/^[\w$-]{1,60}$/.test(key) ? key : shapeOf(key), maskJson(item, maskValue)]),
  )
}

function maskNumber(value: number, maskValue: MaskValue): number | string {
  const masked = maskValue(String(value))
  return masked === String(value) ? value : masked
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const XML_PARTS =
  /<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<\?xml[^>]*\?>|<[?!][^>]*>|<\/?[\w:.-]+(?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+|</g
const ATTRIBUTE = /([\w:.-]+)(\s*=\s*)("[^"]*"|'[^']*')/g

function maskXml(text: string, maskValue: MaskValue): string {
  return text.replace(XML_PARTS, (part, data?: string) => {
    if (data !== undefined) return escapeUTF8(maskValue(data))
    if (part.startsWith('<?xml')) return part
    if (part.startsWith('<!') || part.startsWith('<?')) return ''
    if (part.length > 1 && part.startsWith('<')) return maskTag(part, maskValue)
    return part === '<' ? '&lt;' : escapeUTF8(maskValue(decodeXML(part)))
  })
}

function maskTag(tag: string, maskValue: MaskValue): string {
  const [opening = '', name = ''] = /^<\/?([\w:.-]+)/.exec(tag) ?? []
  if (opening.startsWith('</')) return `</${name}>`
  const attributes = [...tag.slice(opening.length).matchAll(ATTRIBUTE)].map(([, attribute = '', , quoted = '']) => {
    const value = decodeXML(quoted.slice(1, -1))
    return ` ${attribute}="${/^xmlns(:|$)/.test(attribute) ? escapeUTF8(value) : escapeUTF8(maskValue(value))}"`
  })
  return `<${name}${attributes.join('')}${tag.endsWith('/>') ? '/' : ''}>`
}

/** Masks text that is neither JSON nor XML: everything between quotes, separators and line ends is a value. */
function maskFields(text: string, maskValue: MaskValue): string {
  return text.replace(/[^",;|\t\r\n]+/g, maskValue)
}
