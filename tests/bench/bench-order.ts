import { type Address, EMPTY_ADDRESS, type OrderLine, type ReceivedOrder } from '../../src-shared/order'
import { seededRandom } from '../crash/seeded-random'

const FIRST_NAMES = [
  'Jane',
  'Amir',
  'Chloe',
  'Nguyen',
  'Olivia',
  'Jack',
  'Zoë',
  'Priya',
  'Liam',
  'Mia',
  'Søren',
  'Ana',
  'Wei',
  'Tane',
  'Ruby',
  'Hugo',
]
const LAST_NAMES = [
  'Citizen',
  'Nguyen',
  'Smith',
  'O’Brien',
  'Müller',
  'Patel',
  'Taylor',
  'Wilson',
  'Kowalski',
  'Chen',
  'García',
  'Brown',
  'Singh',
  'Lee',
]
const TRADES = ['Gardens', 'Plumbing', 'Electrical', 'Landscapes', 'Nursery', 'Builders', 'Joinery', 'Cafe', 'Hardware', 'Farms']
const STREETS = ['High', 'Station', 'Church', 'Victoria', 'George', 'Bourke', 'King', 'Queen', 'Railway', 'Pitt', 'Collins', 'Beach']
const CITIES = [
  ['Sydney', 'NSW', '2000'],
  ['Melbourne', 'VIC', '3000'],
  ['Brisbane', 'QLD', '4000'],
  ['Perth', 'WA', '6000'],
  ['Adelaide', 'SA', '5000'],
  ['Hobart', 'TAS', '7000'],
  ['Dubbo', 'NSW', '2830'],
  ['Cairns', 'QLD', '4870'],
] as const
const PRODUCT_NAMES = [
  'Garden hose',
  'Sprinkler head',
  'Tap fitting',
  'Drip line',
  'Pressure pump',
  'Valve box',
  'Timer',
  'Poly pipe',
  'Filter',
  'Clamp',
]
const VARIANTS = ['15 m', '30 m', '13 mm', '19 mm', '25 mm', 'brass', 'black', 'heavy duty', 'pack of 10', 'kit']
/** Typical numbers of customers and products in a shop of this size. */
const CUSTOMER_COUNT = 40_000
const PRODUCT_COUNT = 5000
const FIRST_ORDER_MS = Date.UTC(2018, 0, 1)
const ORDER_INTERVAL_MS = 4 * 60_000

/** Options for a generated order. */
export interface OrderShape {
  /** The number of lines. Default: 1 to 40, mostly few, as in a real shop. */
  lines?: number
  /** The order's status. */
  status?: ReceivedOrder['status']
}

/** Order number n (from 1) of an invented shop. The same n always gives the same order. */
export function benchOrder(n: number, shape: OrderShape = {}): ReceivedOrder {
  const random = seededRandom(n * 2_654_435_761)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const customer = Math.floor(random() ** 2 * CUSTOMER_COUNT)
  const buyer = person(customer)
  const count = shape.lines ?? Math.min(40, 1 + Math.floor(-Math.log(1 - random()) * 3.5))
  const lines = Array.from({ length: count }, () => line(Math.floor(random() ** 1.5 * PRODUCT_COUNT), 1 + Math.floor(random() ** 3 * 24)))
  const freightMinor = random() < 0.7 ? 995 : 0
  const charges: ReceivedOrder['charges'] =
    freightMinor === 0
      ? []
      : [{ kind: 'freight', label: 'Standard freight', netMinor: freightMinor, taxMinor: Math.round(freightMinor / 10), taxRate: '10' }]
  const parts = [...lines, ...charges]
  const taxMinor = parts.reduce((sum, part) => sum + part.taxMinor, 0)
  return {
    sourceOrderId: String(100_000 + n),
    number: `W${String(100_000 + n)}`,
    orderedAt: new Date(FIRST_ORDER_MS + n * ORDER_INTERVAL_MS + Math.floor(random() * ORDER_INTERVAL_MS)).toISOString(),
    modifiedAt: null,
    currency: 'AUD',
    status: shape.status ?? 'Pending',
    customer: {
      code: `C${String(customer).padStart(6, '0')}`,
      storeId: String(customer),
      name: buyer.name,
      company: buyer.company,
      email: buyer.email,
      phone: buyer.phone,
    },
    billTo: buyer,
    shipTo: random() < 0.8 ? buyer : { ...buyer, line1: `${1 + Math.floor(random() * 300)} ${pick(STREETS)} Road`, line2: 'Shed 2' },
    reference: random() < 0.3 ? `PO-${Math.floor(random() * 90_000)}` : '',
    note: random() < 0.15 ? 'Please leave at the side gate and ring the bell.' : '',
    deliveryDate: null,
    lines,
    charges,
    taxMinor,
    totalMinor: parts.reduce((sum, part) => sum + part.netMinor, taxMinor),
    warnings: [],
  }
}

function person(customer: number): Address {
  const random = seededRandom(customer + 7)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const last = pick(LAST_NAMES)
  const [city, region, postcode] = pick(CITIES)
  return {
    ...EMPTY_ADDRESS,
    name: `${pick(FIRST_NAMES)} ${last}`,
    company: random() < 0.4 ? `${last} ${pick(TRADES)} Pty Ltd` : '',
    line1: `${1 + Math.floor(random() * 400)} ${pick(STREETS)} Street`,
    line2: random() < 0.2 ? `Unit ${1 + Math.floor(random() * 30)}` : '',
    city,
    region,
    postcode,
    country: 'AU',
    phone: `02 5550 ${String(Math.floor(random() * 10_000)).padStart(4, '0')}`,
    email: `customer${customer}@example.com`,
  }
}

function line(product: number, quantity: number): OrderLine {
  const random = seededRandom(product + 99)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const priceMinor = 95 + Math.floor(random() ** 2 * 40_000)
  const netMinor = priceMinor * quantity
  return {
    sku: `SKU${String(product).padStart(5, '0')}`,
    name: `${pick(PRODUCT_NAMES)} ${pick(VARIANTS)}`,
    note: '',
    unit: 'EA',
    quantity: String(quantity),
    unitPrice: (priceMinor / 100).toFixed(2),
    discountMinor: 0,
    netMinor,
    taxMinor: Math.round(netMinor / 10),
    taxRate: '10',
  }
}
