import type { ReceivedOrder } from '../../../../src-shared/order'
import { readOrderEntry } from '../order-json/order-entry'
import { ORDER_JSON_FORMAT } from '../order-json/order-json-format'
import { type ImportProblems, quoted } from '../reading/import-problems'
import { orderLabel } from '../reading/received-order-checks'
import type { XmlElement } from '../reading/xml-reader'

/** The only version so far. */
const VERSION = '1'

/** Elements that contain other elements; all others contain text. The names are those of order JSON. */
const GROUPS = new Set(['customer', 'billTo', 'shipTo'])
const LISTS: Readonly<Record<string, string>> = { lines: 'line', charges: 'charge', warnings: 'warning' }
/** Elements that the exporter computes for packages that need them. They are not read. */
const DERIVED: Readonly<Record<string, ReadonlySet<string>>> = {
  order: new Set(['date', 'net']),
  line: new Set(['number', 'gross', 'taxCode']),
  charge: new Set(['gross', 'taxCode']),
}
/** Values in which surrounding white space has no meaning, so that a file can be formatted by hand. */
const TRIMMED = new Set([
  'orderedAt',
  'modifiedAt',
  'currency',
  'status',
  'deliveryDate',
  'kind',
  'quantity',
  'unitPrice',
  'discount',
  'net',
  'tax',
  'taxRate',
  'total',
])

/** True for the root element of Ledgerdrop's order XML, of any version. */
export function isOrderXml(root: XmlElement): boolean {
  return root.namespace === '' && root.name === 'order' && root.attributes.get('format') === ORDER_JSON_FORMAT
}

/** Reads Ledgerdrop's order XML strictly: an unknown element is a problem. Elements may be in any order. */
export function readOrderXml(root: XmlElement, problems: ImportProblems): ReceivedOrder[] {
  const version = root.attributes.get('version') ?? ''
  if (version !== VERSION) {
    const found = version === '' ? 'the attribute "version" is missing' : `its version ${quoted(version)} is not known`
    problems.add('version-unknown', 'the file', `${found}; this version of Ledgerdrop reads only version ${VERSION}`)
    return []
  }
  const number = root.children.find((child) => child.name === 'number')?.text ?? ''
  const where = orderLabel(0, 1, number)
  const before = problems.count
  const plain = new ElementConverter(where, problems).object(root)
  if (plain.id === undefined) plain.id = plain.number
  if (problems.count > before) return []
  const order = readOrderEntry(plain, where, problems)
  return order === null ? [] : [order]
}

/** Converts elements to the plain values of order JSON. */
class ElementConverter {
  constructor(
    private readonly where: string,
    private readonly problems: ImportProblems,
  ) {}

  object(element: XmlElement): Record<string, unknown> {
    // Without a prototype, an element "__proto__" is just another unknown name.
    const plain: Record<string, unknown> = Object.create(null)
    this.refuseText(element)
    for (const child of element.children) {
      if (child.namespace !== '') {
        this.problems.add('field-unknown', this.where, `the element ${quoted(child.name)} (line ${child.line} of the file) has a namespace`)
      } else if (Object.hasOwn(plain, child.name)) {
        this.problems.add('field-invalid', this.where, `the element ${quoted(child.name)} appears twice (line ${child.line} of the file)`)
      } else if (DERIVED[element.name]?.has(child.name) !== true) {
        plain[child.name] = this.value(child, element)
      }
    }
    return plain
  }

  private value(element: XmlElement, parent: XmlElement): unknown {
    if (parent.name === 'order' && GROUPS.has(element.name)) return this.object(element)
    const entry = parent.name === 'order' && Object.hasOwn(LISTS, element.name) ? LISTS[element.name] : undefined
    if (entry !== undefined) return this.list(element, entry)
    if (element.children.length > 0) {
      const detail = `the element ${quoted(element.name)} (line ${element.line} of the file) contains other elements`
      this.problems.add('field-invalid', this.where, detail)
    }
    return TRIMMED.has(element.name) ? element.text.trim() : element.text
  }

  private list(element: XmlElement, entry: string): unknown[] {
    this.refuseText(element)
    return element.children.map((child) => {
      if (child.name !== entry || child.namespace !== '') {
        const detail = `the element ${quoted(child.name)} (line ${child.line} of the file) is not known in ${quoted(element.name)}`
        this.problems.add('field-unknown', this.where, detail)
        return undefined
      }
      return entry === 'warning' ? this.value(child, element) : this.object(child)
    })
  }

  private refuseText(element: XmlElement): void {
    if (element.text.trim() === '') return
    const detail = `the element ${quoted(element.name)} (line ${element.line} of the file) contains the text ${quoted(element.text.trim())}`
    this.problems.add('field-invalid', this.where, detail)
  }
}
