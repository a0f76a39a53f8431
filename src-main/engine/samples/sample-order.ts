import type { ReceivedOrder } from '../../../src-shared/order'
import { importOrders } from '../importers/import-orders'
import { sampleDocuments } from './sample-documents'

/** A simple order with two lines, freight and a note, for previews and test orders. */
export function sampleOrder(now: Date): ReceivedOrder {
  const [document] = sampleDocuments(now).wholesale
  const imported = importOrders(new TextEncoder().encode(document?.text), 'sample')
  const [order] = imported.ok ? imported.orders : []
  if (order === undefined) throw new Error('The sample order cannot be read')
  return order
}
