const ADDRESS = ['name', 'company', 'line1', 'line2', 'city', 'region', 'postcode', 'country', 'phone', 'email'] as const

type AddressPath<Owner extends string> = `${Owner}/${(typeof ADDRESS)[number]}`
const addressPaths = <Owner extends string>(owner: Owner) => ADDRESS.map((part): AddressPath<Owner> => `${owner}/${part}`)

/** The paths of all order XML elements, in document order. Documented in docs/formats/order-xml.md, defined in assets/order-xml.xsd. */
export const ORDER_XML_PATHS = [
  'order',
  'id',
  'number',
  'orderedAt',
  'date',
  'currency',
  'status',
  'customer',
  'customer/code',
  'customer/storeId',
  'customer/name',
  'customer/company',
  'customer/email',
  'customer/phone',
  'billTo',
  ...addressPaths('billTo'),
  'shipTo',
  ...addressPaths('shipTo'),
  'reference',
  'note',
  'deliveryDate',
  'lines',
  'lines/line',
  'lines/line/number',
  'lines/line/sku',
  'lines/line/name',
  'lines/line/note',
  'lines/line/unit',
  'lines/line/quantity',
  'lines/line/unitPrice',
  'lines/line/discount',
  'lines/line/net',
  'lines/line/tax',
  'lines/line/taxRate',
  'lines/line/taxCode',
  'lines/line/gross',
  'charges',
  'charges/charge',
  'charges/charge/kind',
  'charges/charge/label',
  'charges/charge/net',
  'charges/charge/tax',
  'charges/charge/taxRate',
  'charges/charge/taxCode',
  'charges/charge/gross',
  'net',
  'tax',
  'total',
  'warnings',
  'warnings/warning',
] as const
export type OrderXmlPath = (typeof ORDER_XML_PATHS)[number]

/** The site's element names by path. Other elements keep their default names. */
export type OrderXmlNames = Readonly<Partial<Record<OrderXmlPath, string>>>

/** An element's name in the file: the site's, or by default the last part of its path. */
export function orderXmlName(path: OrderXmlPath, names: OrderXmlNames): string {
  return names[path] ?? path.slice(path.lastIndexOf('/') + 1)
}

/** Pairs of elements with the same parent and the same name; `path` is the later one. Empty if all names are distinct. */
export function clashingPaths(names: OrderXmlNames): { path: OrderXmlPath; other: OrderXmlPath }[] {
  const taken = new Map<string, OrderXmlPath>()
  const clashes: { path: OrderXmlPath; other: OrderXmlPath }[] = []
  for (const path of ORDER_XML_PATHS) {
    const parent = path === 'order' ? null : path.slice(0, Math.max(0, path.lastIndexOf('/')))
    const key = JSON.stringify([parent, orderXmlName(path, names)])
    const other = taken.get(key)
    if (other === undefined) taken.set(key, path)
    else clashes.push({ path, other })
  }
  return clashes
}
