import { FIELD_TITLES, type LineField, type OrderField } from './profile-fields'
import type { AttacheKfiSettings, AttacheXmlkfiSettings, LineElement, RowField } from './profiles'

/** Settings arranged after a site's own field list, with what needs a person's look. */
export interface AppliedFieldList<S> {
  settings: S
  /** Names on the list that Ledgerdrop does not know: a heading, or a field of this site's own. */
  unknown: string[]
  /** Fields of the screen that the profile leaves to Attaché: candidates to fill. */
  unused: string[]
  /** What the profile fills and the list does not have, e.g. `header: srep1`: Attaché may refuse it. It stays, at the end. */
  missing: string[]
}

type Section = 'header' | 'productLine' | 'serviceLine' | 'chargeLine'

/** Elements of the customer order screen (107) as two integrators write them [F]. */
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

/** The field that begins each kind of line on a list of the whole screen. */
const STARTERS: Readonly<Record<string, Section>> = { productcode: 'productLine', servicecode: 'serviceLine', sundrycode: 'chargeLine' }

/** What the fields of the screen hold, where a value of ours is their natural content [I]. */
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
 * Arranges an Attaché profile after a site's own field list, pasted as it comes (Ctrl+F9, Export (F11) [D]; its layout is [U]): a name per line, CSV or
 * TSV with the names in any column, or all names in one row. Nothing of the profile is lost. A section that the list does not cover stays as it is.
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

/** A name as it is compared: `Customer Code` is `customercode`. */
function keyOf(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_.-]/g, '')
}

interface ListedName {
  /** As it stands on the list. */
  name: string
  key: string
  section: Section
}

const MOST_CHARACTERS = 200_000
const MOST_LINES = 5000
const NAME = /^[\p{L}_][\p{L}\p{N}_ .-]{0,60}$/u

/** The names on a pasted list, each once per section. */
function fieldNames(pasted: string, known: ReadonlySet<string>): ListedName[] {
  const lines = pasted
    .slice(0, MOST_CHARACTERS)
    .split(/\r\n|[\r\n]/)
    .filter((line) => line.trim() !== '')
    .slice(0, MOST_LINES)
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
    rows.reduce((most, row) => Math.max(most, row.length), 0),
  )
  for (let column = 0; column < columns; column += 1) {
    const cells = rows.map((row) => row[column] ?? '')
    if (score(cells) > score(best)) best = cells
  }
  for (const row of rows) if (score(row) > score(best)) best = row
  if (best.length === 0) best = rows.map((row) => row[0] ?? '')
  return inSections(best.filter((cell) => NAME.test(cell)))
}

function inSections(names: readonly string[]): ListedName[] {
  let section: Section = 'header'
  const listed: ListedName[] = []
  const seen = new Set<string>()
  names.forEach((name, index) => {
    const key = keyOf(name)
    const next = STARTERS[keyOf(names[index + 1] ?? '')]
    section = STARTERS[key] ?? (key === 'location' && next !== undefined ? next : section)
    if (seen.has(`${section} ${key}`)) return
    seen.add(`${section} ${key}`)
    listed.push({ name, key, section })
  })
  return listed
}

function elementsOf(settings: AttacheXmlkfiSettings): readonly LineElement[] {
  return [...headerOf(settings), ...settings.productLine, ...settings.serviceLine, ...settings.chargeLine]
}

/** The header with the site's note element in it, so that the list can give it a place. */
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
    const place = ({ element }: E): number => {
      const key = keyOf(element)
      const inSection = list.findIndex((each) => each.key === key && each.section === section)
      return inSection >= 0 ? inSection : list.findIndex((each) => each.key === key)
    }
    const found = elements.filter((each) => place(each) >= 0)
    // A list of the header's fields may share a name or two with the lines: that does not make it a list of the lines.
    if (found.length * 2 < elements.length) return [...elements]
    const absent = elements.filter((each) => place(each) < 0)
    missing.push(...absent.map((each) => `${section}: ${each.element}`))
    return [...found.toSorted((a, b) => place(a) - place(b)), ...absent]
  }
  const header = arrange('header', headerOf(settings))
  const hasNotePlace = list.some((each) => each.key === keyOf(settings.noteElement))
  const arranged: AttacheXmlkfiSettings = {
    ...settings,
    header: hasNotePlace ? header : header.filter((each) => settings.header.some((own) => own.element === each.element)),
    noteElement: hasNotePlace ? '' : settings.noteElement,
    productLine: arrange('productLine', settings.productLine),
    serviceLine: arrange('serviceLine', settings.serviceLine),
    chargeLine: arrange('chargeLine', settings.chargeLine),
  }
  const used = new Set(elementsOf(arranged).map((each) => keyOf(each.element)))
  return { settings: arranged, ...leftOver(list, known, used), missing }
}

function leftOver(list: readonly ListedName[], known: ReadonlySet<string>, used: ReadonlySet<string>) {
  const names = (isWanted: (each: ListedName) => boolean) => [...new Set(list.filter(isWanted).map((each) => each.name))]
  return {
    unknown: names((each) => !known.has(each.key)),
    unused: names((each) => known.has(each.key) && !used.has(each.key)),
  }
}

/** Rows are known by position only: each field of the list becomes one, filled with what the row held for it, empty where it held nothing. */
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
    const left = row.filter((field) => field.kind !== 'text' || field.text !== '')
    const placed = names.map((each) => {
      used.add(each.key)
      for (const wanted of CONTENT[each.key] ?? []) {
        const at = left.findIndex((field) => field.kind === 'order' && field.field === wanted)
        const [field] = at < 0 ? [] : left.splice(at, 1)
        if (field !== undefined) return field
      }
      used.delete(each.key)
      return empty
    })
    missing.push(...left.map((field) => `${section === 'header' ? 'headerRow' : 'lineRow'}: ${titleOf(field)}`))
    return [...placed, ...left]
  }
  const headerRow = arrange('header', settings.headerRow, { kind: 'text', text: '' })
  const lineRow = arrange<RowField>('productLine', settings.lineRow, { kind: 'text', text: '' })
  return { settings: { ...settings, headerRow, lineRow }, ...leftOver(list, known, used), missing }
}

function titleOf(field: RowField): string {
  if (field.kind === 'order') return FIELD_TITLES[field.field]
  return field.kind === 'keys' ? field.keys.join(' ') : `"${field.text}"`
}
