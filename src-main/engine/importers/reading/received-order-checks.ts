import { moneyText } from '../../../../src-shared/money'
import { calculatedTotal, type ReceivedOrder } from '../../../../src-shared/order'
import { foldIdentity, isScientificNotation } from '../../../../src-shared/order-identity'
import { displayText, type ImportProblems, quoted } from './import-problems'
import { LIMITS } from './order-limits'
import { IN_SCIENTIFIC_NOTATION } from './scientific-notation'

/** An order's label in problems: `order 3 (#1003)`, or `order #1003` if it is the only one in the file. */
export function orderLabel(index: number, count: number, number: string): string {
  const short = displayText(number)
  const numberText = short === '' ? '' : short.startsWith('#') ? short : `#${short}`
  if (count === 1) return numberText === '' ? 'the order' : `order ${numberText}`
  return numberText === '' ? `order ${index + 1}` : `order ${index + 1} (${numberText})`
}

/** The last step of every importer: adds problems for exceeded limits, and warnings for parts that don't add up. */
export function checkOrder(order: ReceivedOrder, where: string, problems: ImportProblems): ReceivedOrder {
  checkLengths(order, where, problems)
  checkIdentity(order, where, problems)
  if (order.lines.length > LIMITS.linesPerOrder) {
    problems.add('too-many-lines', where, `it has ${order.lines.length} lines; the limit is ${LIMITS.linesPerOrder}`)
  }
  if (order.charges.length > LIMITS.chargesPerOrder) {
    problems.add('too-many-lines', where, `it has ${order.charges.length} charges; the limit is ${LIMITS.chargesPerOrder}`)
  }
  if (!hasSafeSums(order)) {
    problems.add('field-invalid', where, 'its amounts are too large to be added up')
    return order
  }
  const warnings = [...order.warnings]
  for (const warning of sumWarnings(order)) if (!warnings.includes(warning)) warnings.push(warning)
  if (warnings.length > LIMITS.warningsPerOrder) {
    problems.add('too-many-lines', where, `it has ${warnings.length} warnings; the limit is ${LIMITS.warningsPerOrder}`)
  }
  return { ...order, warnings }
}

/**
 * Merges identical orders with the same id, with a warning. If they differ, adds a problem, because there is no way to
 * know which one is right.
 */
export function withoutDuplicates(orders: readonly ReceivedOrder[], problems: ImportProblems): ReceivedOrder[] {
  const firsts = new Map<string, { order: ReceivedOrder; index: number; hasDuplicate: boolean }>()
  orders.forEach((order, index) => {
    const key = foldIdentity(order.sourceOrderId)
    const first = firsts.get(key)
    if (first === undefined) firsts.set(key, { order, index, hasDuplicate: false })
    else if (JSON.stringify(first.order) === JSON.stringify(order)) first.hasDuplicate = true
    else {
      const where = orderLabel(index, orders.length, order.number)
      problems.add('duplicate-order', where, `order ${first.index + 1} in the file has the same id but different content`)
    }
  })
  return [...firsts.values()].map(({ order, hasDuplicate }) => {
    if (!hasDuplicate) return order
    return {
      ...order,
      warnings: [...order.warnings, 'The file holds this order more than once, each time alike; it was read once.'],
    }
  })
}

function sumWarnings(order: ReceivedOrder): string[] {
  const warnings: string[] = []
  const sum = calculatedTotal(order)
  if (sum !== order.totalMinor) {
    warnings.push(
      `The lines, charges and tax add up to ${moneyText(sum, order.currency)}, but the order states a total of ${moneyText(order.totalMinor, order.currency)}.`,
    )
  }
  const parts = [...order.lines, ...order.charges]
  const partsTax = parts.reduce((total, part) => total + part.taxMinor, 0)
  // A store may round tax per line or for the whole order, so a difference of up to one minor unit per part is only rounding.
  if (Math.abs(partsTax - order.taxMinor) > parts.length) {
    warnings.push(
      `The tax of lines and charges adds up to ${moneyText(partsTax, order.currency)}, but the order states a tax of ${moneyText(order.taxMinor, order.currency)}.`,
    )
  }
  return warnings
}

/** Sums are exact only while every partial sum is a safe integer. */
function hasSafeSums(order: ReceivedOrder): boolean {
  let size = Math.abs(order.taxMinor) + Math.abs(order.totalMinor)
  for (const part of [...order.lines, ...order.charges]) size += Math.abs(part.netMinor) + Math.abs(part.taxMinor)
  return size <= Number.MAX_SAFE_INTEGER
}

function checkIdentity({ sourceOrderId, number }: ReceivedOrder, where: string, problems: ImportProblems): void {
  if (isScientificNotation(sourceOrderId)) problems.add('id-shortened', where, `the id ${quoted(sourceOrderId)} ${IN_SCIENTIFIC_NOTATION}`)
  else if (isScientificNotation(number)) problems.add('id-shortened', where, `the order number ${quoted(number)} ${IN_SCIENTIFIC_NOTATION}`)
}

function checkLengths(order: ReceivedOrder, where: string, problems: ImportProblems): void {
  const check = (field: string, text: string, limit: number, location = where) => {
    if (text.length > limit) problems.add('text-too-long', location, `the ${field} has ${text.length} characters; the limit is ${limit}`)
  }
  check('order number', order.number, LIMITS.numberLength)
  check('id', order.sourceOrderId, LIMITS.sourceOrderIdLength)
  check('reference', order.reference, LIMITS.textLength)
  check('note', order.note, LIMITS.textLength)
  for (const [part, texts] of [
    ['customer', order.customer],
    ['billing address', order.billTo],
    ['shipping address', order.shipTo],
  ] as const) {
    for (const [field, text] of Object.entries(texts)) check(`${field} of the ${part}`, text, LIMITS.textLength)
  }
  order.lines.forEach((line, index) => {
    const location = `${where}, line ${index + 1}`
    check('product code', line.sku, LIMITS.textLength, location)
    check('name', line.name, LIMITS.textLength, location)
    check('note', line.note, LIMITS.textLength, location)
    check('unit', line.unit, LIMITS.textLength, location)
  })
  order.charges.forEach((charge, index) => {
    check('label', charge.label, LIMITS.textLength, `${where}, charge ${index + 1}`)
  })
  for (const warning of order.warnings) check('warning', warning, LIMITS.textLength)
}
