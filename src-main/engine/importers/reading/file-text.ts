import { type ImportFailure, quoted } from './import-problems'

/** The kind of a file, judged by its first characters. */
export type FileKind = 'json' | 'xml' | 'empty' | 'zip' | 'other'

/** The text of a file, or why it can't be decoded. */
export type DecodedText = { ok: true; text: string } | { ok: false; failure: ImportFailure }

/**
 * How to decode each encoding that an XML declaration may name. The WHATWG standard (and so TextDecoder) reads iso-8859-1 as windows-1252, which is
 * what such files really contain. .NET programs often declare UTF-16 in a UTF-8 file. Real UTF-16 is recognised by its bytes, not here.
 */
const XML_ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-8',
  'utf-16le': 'utf-8',
  'utf-16be': 'utf-8',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
}

/** The kind of a file, judged by its first character that isn't white space, in UTF-8 or UTF-16. */
export function fileKind(bytes: Uint8Array): FileKind {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04) return 'zip'
  for (let index = byteOrderMarkLength(bytes); index < bytes.length; index += 1) {
    const byte = bytes[index]
    if (byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x00) continue
    if (byte === 0x3c) return 'xml'
    return byte === 0x7b || byte === 0x5b ? 'json' : 'other'
  }
  return 'empty'
}

/**
 * Decodes JSON: UTF-8 or UTF-16, with or without a byte order mark (RFC 8259 section 8.1 asks for UTF-8; old Windows
 * tools write UTF-16).
 */
export function decodeJson(bytes: Uint8Array): DecodedText {
  return decode(bytes, unicodeEncoding(bytes) ?? 'utf-8')
}

/** CSV text, and whether its encoding is a guess. */
export interface CsvText {
  text: string
  /** True if the bytes are not Unicode and were read as Windows-1252, which Excel writes. */
  isGuessed: boolean
}

/**
 * Decodes CSV: UTF-8 or UTF-16, with or without a byte order mark; any other bytes as Windows-1252. A CSV file doesn't
 * state its encoding.
 */
export function decodeCsvText(bytes: Uint8Array): CsvText {
  const decoded = decode(bytes, unicodeEncoding(bytes) ?? 'utf-8')
  if (decoded.ok) return { text: decoded.text, isGuessed: false }
  return { text: new TextDecoder('windows-1252').decode(bytes), isGuessed: true }
}

/**
 * Decodes XML. The encoding comes from the first bytes, or else the XML declaration, or else is UTF-8 (XML 1.0 appendix
 * F).
 */
export function decodeXml(bytes: Uint8Array): DecodedText {
  const unicode = unicodeEncoding(bytes)
  if (unicode !== null) return decode(bytes, unicode)
  const start = String.fromCharCode(...bytes.subarray(0, 200))
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(start)?.[1]
  if (declared === undefined) return decode(bytes, 'utf-8')
  const encoding = Object.hasOwn(XML_ENCODINGS, declared.toLowerCase()) ? XML_ENCODINGS[declared.toLowerCase()] : undefined
  if (encoding !== undefined) return decode(bytes, encoding)
  return {
    ok: false,
    failure: {
      code: 'bad-encoding',
      message: `The file declares the encoding ${quoted(declared)}, which Ledgerdrop does not support.`,
      remedy: 'Export the file in UTF-8 and put it in the intake folder again.',
    },
  }
}

function decode(bytes: Uint8Array, encoding: string): DecodedText {
  try {
    return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) }
  } catch {
    // TextDecoder only throws for bytes that aren't valid in the encoding.
    const message = `The file is not valid ${encoding.toUpperCase()} text${encoding === 'utf-8' ? `: ${badUtf8Position(bytes)}` : ''}.`
    return {
      ok: false,
      failure: { code: 'bad-encoding', message, remedy: 'Export the file in UTF-8 and put it in the intake folder again.' },
    }
  }
}

/** The line of the first bytes that aren't UTF-8, found by binary search. Streaming mode allows an incomplete character at the end. */
function badUtf8Position(bytes: Uint8Array): string {
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isUtf8Prefix(bytes.subarray(0, middle))) good = middle
    else bad = middle
  }
  let line = 1
  for (let index = 0; index < good; index += 1) if (bytes[index] === 0x0a) line += 1
  return `line ${line} contains bytes in another encoding`
}

function isUtf8Prefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function byteOrderMarkLength(bytes: Uint8Array): number {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 3
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) ? 2 : 0
}

/** The Unicode encoding, from a byte order mark or a zero byte in the first two bytes; null for single-byte text. */
function unicodeEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first !== 0 && second === 0) return 'utf-16le'
  if (first === 0 && second !== 0) return 'utf-16be'
  return null
}
