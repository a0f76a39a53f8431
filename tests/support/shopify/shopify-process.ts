/**
 * Runs a stand-in Shopify as a program of its own: `node shopify-process.ts <schema file> '<ShopifyOptions as JSON>'`, with an IPC channel. It sends its
 * address and token, then carries out calls of the control. It exits when the process that started it is gone.
 */
import type { RunningShopify, ShopifyControl } from './shopify-control.ts'
import { ShopifyServer } from './shopify-server.ts'
import type { ShopifyOptions } from './shopify-settings.ts'

/** The first message: what a client of the store needs. */
export type ShopifyStarted = Pick<RunningShopify, 'url' | 'adminToken'>

/** A call of a control method. */
export interface ControlCall {
  call: number
  method: keyof ShopifyControl
  args: unknown[]
}

/** The result of a call, or why it failed. */
export interface ControlResult {
  call: number
  value?: unknown
  error?: string
}

process.on('disconnect', () => process.exit())
const store = await ShopifyServer.start(process.argv[2] ?? '', JSON.parse(process.argv[3] ?? '{}') as ShopifyOptions)
const { url, adminToken } = store
process.on('message', ({ call, method, args }: ControlCall) => process.send?.(carryOut(call, method, args)))
process.send?.({ url, adminToken } satisfies ShopifyStarted)

function carryOut(call: number, method: keyof ShopifyControl, args: unknown[]): ControlResult {
  try {
    const run = store.control[method] as (...args: unknown[]) => unknown
    return { call, value: run.apply(store.control, args) }
  } catch (error) {
    return { call, error: error instanceof Error ? error.message : String(error) }
  }
}
