import { readFileSync } from 'node:fs'

/** Order documents in tests/fixtures/documents. Their formats are third-party; they were written for these tests from the published specifications. */
export const FIXTURE_ORDERS = ['woocommerce-order.json', 'shopify-order.json', 'ubl-order.xml'] as const

/** An answer to an order in UBL, the OASIS format. */
export const FIXTURE_ANSWER = 'ubl-order-response-simple.xml' as const

/** The number of the order that `FIXTURE_ANSWER` answers. */
export const ANSWERED_ORDER = 'HC-2026-118'

/** Reads a fixture document. The current directory must be the project's folder. */
export function fixtureDocument(name: (typeof FIXTURE_ORDERS)[number] | typeof FIXTURE_ANSWER): Buffer {
  return readFileSync(`tests/fixtures/documents/${name}`)
}
