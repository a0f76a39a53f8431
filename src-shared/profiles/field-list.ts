import { FIELD_TITLES, type LineField, type OrderField } from './profile-fields'
import type { AttacheKfiSettings, AttacheXmlkfiSettings, LineElement, RowField } from './profiles'

/** Profile settings rearranged to match a site's field list, with what a user should check. */
export interface AppliedFieldList<S> {
  settings: S
  /** Names in the list that Ledgerdrop doesn't know, such as a heading or a custom field of this site. */
  unknown: string[]
  /** Known fields in the list that the profile doesn't fill. */
  unused: string[]
  /** Fields that the profile fills but the list doesn't have, e.g. `header: srep1`. They stay, at the end; Attaché may refuse them. */
  missing: string[]
}

type Section = 'header' | 'productLine' | 'serviceLine' | 'chargeLine'

/** Elements of the customer order screen (107), as two integrators write them [F]. (Marks: see docs/formats/attache-xmlkfi.md.) */
const SCREEN: Readonly<Record<Section, readonly string[]>> = {
  header: [
    ...['customercode', 'ordernumber', 'customergln', 'deliveryaddresscode', 'deliverygln', 'deliveryname', 'deliveryaddressline2'],
    ...['deliverysuburb', 'deliverycountry', 'deliverydktformcode', 'invoiceformcode', 'sourcedoc', 'contactdocument'],
    ...['customerphonedocument', 'faxnumberdocument', 'reference', 'date', 'deliverydate', 'paymentterms', 'days', 'sendconfirmation'],
    ...['orderconfformcode', 'srep1', 'discountcategory', 'discount', 'pricecode', 'deliverystate', 'deliverypostcode'],
    'deliveryaddressline1',
  ],
  productLine: [
    ...['location', 'productcode', 'qtyordered', 'qtybackordered', 'qtyreserved', 'unitdescription', 'price', 'pricecode', 'discountamt'],
    ...['discountcode', 'discount', 'taxcode', 'taxrate', 'linetotal', 'glset', 'print', 'dimension1', 'dimension2', 'dimension3'],
    ...['dimension4', 'dimension5', 'itemspercarton', 'noofpackages'],
  ],
  serviceLine: ['location', 'servicecode', 'description', 'qtyordered', 'price', 'taxcode', 'taxrate', 'linetotal'],
  chargeLine: ['sundrycode', 'description', 'qtyordered', 'price', 'glsales', 'glsalesdiscount', 'unitcost', 'taxcode', 'linetotal'],
}
const KNOWN = new Set(Object.values(SCREEN).flat())

/** The field that starts each kind of line in a list of the whole screen. */
const SECTION_STARTS: Readonly<Record<string, Section>> = {
  productcode: 'productLine',
  servicecode: 'serviceLine',
  sundrycode: 'chargeLine',
}

/** The order values that suit each field of the screen, in order of preference [I]. */
const CONTENT: Readonly<Record<string, readonly (OrderField | LineField)[]>> = {
  customercode: ['customer.code'],

  deliveryname: ['shipTo.companyOrName', 'shipTo.company', 'shipTo.name'],
  deliveryaddressline1: ['shipTo.line1'],
  deliveryaddressline2: ['shipTo.line2'],
  deliverysuburb: ['shipTo.city'],
  deliverystate: ['shipTo.region'],
  deliverypostcode: ['shipTo.postcode'],
  deliverycountry: ['shipTo.country'],
  contactdocument: ['customer.name', 'shipTo.name'],
  customerphonedocument: ['customer.phone', 'shipTo.phone', 'billTo.phone'],
  reference: ['order.reference', 'order.number'],
  date: ['order.date'],
  deliverydate: ['order.deliveryDate'],
  productcode: ['line.code'],
  servicecode: ['line.code'],
  sundrycode: ['line.code'],
  description: ['line.name'],
  qtyordered: ['line.quantity'],
  unitdescription: ['line.unit'],
  price: ['line.price', 'line.listPrice'],
  discountamt: ['line.discount'],
  taxcode: ['line.taxCode'],
  taxrate: ['line.taxRate'],
  linetotal: ['line.total', 'line.net'],
}

/**
 * Rearranges an Attaché profile to match a site's field list, pasted unchanged (Ctrl+F9, Export (F11) [D]; its layout is [U]): one name per line,
 * CSV or TSV with the names in any column, or all names in one row. No field of the profile is lost. Sections that aren't in the list don't change.
 */
export function applyFieldList<S extends AttacheXmlkfiSettings | AttacheKfiSettings>(settings: S, pasted: string): AppliedFieldList<S>
export function applyFieldList(
  settings: AttacheXmlkfiSettings | AttacheKfiSettings,
  pasted: string,
): AppliedFieldList<AttacheXmlkfiSettings | AttacheKfiSettings> {
  const own = settings.profile === 'attache-xmlkfi' ? elementsOf(settings) : []
  const known = new Set([...KNOWN, ...own.map((each) => keyOf(each.element))])
  const list = fieldNames(pasted, known)
  return settings.profile === 'attache-xmlkfi' ? arrangeXml(settings, list, known) : arrangeRows(settings, list, known)
}

/** Normalises a name for comparison: `Customer Code` becomes `customercode`. */
function keyOf(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_.-]/g, '')
}

interface ListedName {
  /** As written in the list. */
  name: string
  key: string
  section: Section
}

const MAX_CHARACTERS = 200_000
const MAX_LINES = 5000
const NAME = /^[\p{L}_][\p{L}\p{N}_ .-]{0,60}$/u

/** The names in a pasted list, without duplicates within a section. */
function fieldNames(pasted: string, known: ReadonlySet<string>): ListedName[] {
  const lines = pasted
    .slice(0, MAX_CHARACTERS)
    .split(/\r\n|[\r\n]/)
    .filter((line) => line.trim() !== '')
    .slice(0, MAX_LINES)
  const rows = lines.map((line) =>
    line.split(/[\t,;|]/).map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim(),
    ),
  )
  const score = (cells: readonly string[]) => cells.filter((cell) => known.has(keyOf(cell))).length
  let best: readonly string[] = []
  const columns = Math.min(
    50,
    rows.reduce((max, row) => Math.max(max, row.length), 0),
  )
  for (let column = 0; column < columns; column += 1) {
    const cells = rows.map((row) => row[column] ?? '')
    if (score(cells) > score(best)) best = cells
  }
  for (const row of rows) if (score(row) > score(best)) best = row
  if (best.length === 0) best = rows.map((row) => row[0] ?? '')
  return assignSections(best.filter((cell) => NAME.test(cell)))
}

function assignSections(names: readonly string[]): ListedName[] {
  let section: Section = 'header'
  const listed: ListedName[] = []
  const seen = new Set<string>()
  names.forEach((name, index) => {
    const key = keyOf(name)
    const next = SECTION_STARTS[keyOf(names[index + 1] ?? '')]
    section = SECTION_STARTS[key] ?? (key === 'location' && next !== undefined ? next : section)
    if (seen.has(`${section} ${key}`)) return
    seen.add(`${section} ${key}`)
    listed.push({ name, key, section })
  })
  return listed
}

function elementsOf(settings: AttacheXmlkfiSettings): readonly LineElement[] {
  return [...headerOf(settings), ...settings.productLine, ...settings.serviceLine, ...settings.chargeLine]
}

/** The header including the note element, so that the list can determine its position. */
function headerOf({ header, noteElement, noteMaxLength }: AttacheXmlkfiSettings): AttacheXmlkfiSettings['header'] {
  if (noteElement === '' || header.some((part) => part.element === noteElement)) return header
  const source = { field: 'order.note', dateFormat: null, part: 1, pad: 'none', padWith: ' ' } as const
  return [...header, { element: noteElement, kind: 'order', ...source, maxLength: noteMaxLength, whenTooLong: 'cut' }]
}

function arrangeXml(
  settings: AttacheXmlkfiSettings,
  list: readonly ListedName[],
  known: ReadonlySet<string>,
): AppliedFieldList<AttacheXmlkfiSettings> {
  const missing: string[] = []
  const arrange = <E extends { element: string }>(section: Section, elements: readonly E[]): E[] => {
    const positionOf = ({ element }: E): number => {
      const key = keyOf(element)
      const inSection = list.findIndex((each) => each.key === key && each.section === section)
      return inSection >= 0 ? inSection : list.findIndex((each) => each.key === key)
    }
    const found = elements.filter((each) => positionOf(each) >= 0)
    // A list of header fields may share a few names with the lines. The list applies to a section only if it has at
    // least half of the section's fields.
    if (found.length * 2 < elements.length) return [...elements]
    const absent = elements.filter((each) => positionOf(each) < 0)
    missing.push(...absent.map((each) => `${section}: ${each.element}`))
    return [...found.toSorted((a, b) => positionOf(a) - positionOf(b)), ...absent]
  }
  const header = arrange('header', headerOf(settings))
  const isNoteListed = list.some((each) => each.key === keyOf(settings.noteElement))
  const arranged: AttacheXmlkfiSettings = {
    ...settings,
    header: isNoteListed ? header : header.filter((each) => settings.header.some((own) => own.element === each.element)),
    noteElement: isNoteListed ? '' : settings.noteElement,
    productLine: arrange('productLine', settings.productLine),
    serviceLine: arrange('serviceLine', settings.serviceLine),
    chargeLine: arrange('chargeLine', settings.chargeLine),
  }
  const used = new Set(elementsOf(arranged).map((each) => keyOf(each.element)))
  return { settings: arranged, ...unplacedNames(list, known, used), missing }
}

function unplacedNames(list: readonly ListedName[], known: ReadonlySet<string>, used: ReadonlySet<string>) {
  const names = (isWanted: (each: ListedName) => boolean) => [...new Set(list.filter(isWanted).map((each) => each.name))]
  return {
    unknown: names((each) => !known.has(each.key)),
    unused: names((each) => known.has(each.key) && !used.has(each.key)),
  }
}

/** KFI rows are positional, so every field in the list gets a field in the row: the row's own field with a suitable value, otherwise an empty one. */
function arrangeRows(
  settings: AttacheKfiSettings,
  list: readonly ListedName[],
  known: ReadonlySet<string>,
): AppliedFieldList<AttacheKfiSettings> {
  const used = new Set<string>()
  const missing: string[] = []
  const arrange = <F extends RowField>(section: 'header' | 'productLine', row: readonly F[], empty: F): F[] => {
    const names = list.filter((each) => each.section === section)
    if (!names.some((each) => SCREEN[section].includes(each.key))) return [...row]
    const remaining = row.filter((field) => field.kind !== 'text' || field.text !== '')
    const placed = names.map((each) => {
      used.add(each.key)
      for (const wanted of CONTENT[each.key] ?? []) {
        const at = remaining.findIndex((field) => field.kind === 'order' && field.field === wanted)
        const [field] = at < 0 ? [] : remaining.splice(at, 1)
        if (field !== undefined) return field
      }
      used.delete(each.key)
      return empty
    })
    missing.push(...remaining.map((field) => `${section === 'header' ? 'headerRow' : 'lineRow'}: ${titleOf(field)}`))
    return [...placed, ...remaining]
  }
  const headerRow = arrange('header', settings.headerRow, { kind: 'text', text: '' })
  const lineRow = arrange<RowField>('productLine', settings.lineRow, { kind: 'text', text: '' })
  return { settings: { ...settings, headerRow, lineRow }, ...unplacedNames(list, known, used), missing }
}

function titleOf(field: RowField): string {
  if (field.kind === 'order') return FIELD_TITLES[field.field]
  return field.kind === 'keys' ? field.keys.join(' ') : `"${field.text}"`
}
