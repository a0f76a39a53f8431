import { readFileSync } from 'node:fs'

/** Documents in the formats of others, written for these tests after the formats' published rules: tests/fixtures/documents. */
export const OWN_ORDERS = ['woocommerce-order.json', 'shopify-order.json', 'ubl-order.xml'] as const

/** An answer to an order in the format of OASIS. */
export const OWN_ANSWER = 'ubl-order-response-simple.xml' as const

/** The number of the order that `OWN_ANSWER` answers. */
export const ANSWERED_ORDER = 'HC-2026-118'

/** Reads one of them. The project's folder is where the run was started. */
export function ownDocument(name: (typeof OWN_ORDERS)[number] | typeof OWN_ANSWER): Buffer {
  return readFileSync(`tests/fixtures/documents/${name}`)
}
