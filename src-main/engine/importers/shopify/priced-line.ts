import Big from 'big.js'
import type { OrderCharge, OrderLine } from '../../../../src-shared/order'
import { isZero, productMinor, shareOfMinor, unitPriceOfMinor } from '../reading/exact-amounts'
import { quoted } from '../reading/import-problems'
import type { JsonFields } from '../reading/json-fields'
import type { LineTax } from './shopify-tax'

/** A line as Shopify states it. Price and discount include tax if the store's prices do. */
export interface StatedLine extends Pick<OrderLine, 'sku' | 'name' | 'note' | 'quantity'> {
  /** The price of one unit before discount, as decimal text. */
  price: string
  /** Price times quantity, in minor units. */
  grossMinor: number
  discountMinor: number
  tax: LineTax
}

/** Shipping as Shopify states it. The amount is after discount and includes tax if the store's prices do. */
export interface StatedFreight {
  label: string
  paidMinor: number
  tax: LineTax
}

/** Returns the line without tax in its amounts. */
export function pricedLine(stated: StatedLine, currency: string, isTaxIncluded: boolean): OrderLine {
  const { sku, name, note, quantity, price, grossMinor, tax } = stated
  const paidMinor = grossMinor - stated.discountMinor
  const netMinor = isTaxIncluded ? paidMinor - tax.minor : paidMinor
  const beforeDiscountMinor = isTaxIncluded ? withoutTax(grossMinor, paidMinor, netMinor, tax.rate) : grossMinor
  const isExact = !isTaxIncluded || beforeDiscountMinor === grossMinor || isZero(quantity)
  return {
    sku,
    name,
    note,
    unit: '',
    quantity,
    unitPrice: isExact ? price : unitPriceOfMinor(beforeDiscountMinor, quantity, currency),
    discountMinor: Math.max(0, beforeDiscountMinor - netMinor),
    netMinor,
    taxMinor: tax.minor,
    taxRate: tax.rate,
  }
}

/** Returns the charge for shipping, without tax in its amount. */
export function pricedFreight({ label, paidMinor, tax }: StatedFreight, isTaxIncluded: boolean): OrderCharge {
  return { kind: 'freight', label, netMinor: isTaxIncluded ? paidMinor - tax.minor : paidMinor, taxMinor: tax.minor, taxRate: tax.rate }
}

/** Price times quantity in minor units. Adds a problem if it is too large. */
export function lineAmount(item: JsonFields, price: string, quantity: string, currency: string): number {
  const minor = productMinor(price, quantity, currency)
  if (minor === null)
    item.reportInvalid(`the price ${quoted(price)} times the quantity ${quoted(quantity)} is not an amount that can be stored`)
  return minor ?? 0
}

/** A line's amount before discount, without tax: computed from the ratio of net to paid amount, or from the tax rate if nothing was paid. */
export function withoutTax(grossMinor: number, paidMinor: number, netMinor: number, rate: string | null): number {
  if (paidMinor !== 0) return shareOfMinor(grossMinor, netMinor, paidMinor)
  if (rate === null || new Big(rate).lte(-100)) return grossMinor
  return Number(new Big(grossMinor).times(100).div(new Big(100).plus(rate)).round(0, Big.roundHalfUp).toFixed(0))
}

/** Texts with a name, as Shopify keeps them on lines and orders: `name: value` each. By its convention, names that start with `_` are hidden. */
export function namedValues(fields: JsonFields, key: string, nameKey: 'name' | 'key'): string[] {
  const values: string[] = []
  for (const entry of fields.looseList(key)) {
    const name = entry.looseText(nameKey)
    const value = entry.looseText('value')
    if (value !== '' && !name.startsWith('_')) values.push(name === '' ? value : `${name}: ${value}`)
  }
  return values
}
