/**
 * Runs a stand-in WooCommerce as a program of its own: `node woocommerce-process.ts '<StoreOptions as JSON>'`, with an
 * IPC channel. It sends its address and credentials, then carries out calls of the control. It exits when the process
 * that started it is gone.
 */
import type { RunningStore, StoreControl } from './store-control.ts'
import type { StoreOptions } from './store-settings.ts'
import { WooCommerceServer } from './woocommerce-server.ts'

/** The first message: what a client of the store needs. */
export type StoreStarted = Pick<RunningStore, 'url' | 'key' | 'password'>

/** A call of a control method. */
export interface ControlCall {
  call: number
  method: keyof StoreControl
  args: unknown[]
}

/** The result of a call, or why it failed. */
export interface ControlResult {
  call: number
  value?: unknown
  error?: string
}

process.on('disconnect', () => process.exit())
const store = await WooCommerceServer.start(JSON.parse(process.argv[2] ?? '{}') as StoreOptions)
const { url, key, password } = store
process.on('message', ({ call, method, args }: ControlCall) => process.send?.(carryOut(call, method, args)))
process.send?.({ url, key, password } satisfies StoreStarted)

function carryOut(call: number, method: keyof StoreControl, args: unknown[]): ControlResult {
  try {
    const run = store.control[method] as (...args: unknown[]) => unknown
    return { call, value: run.apply(store.control, args) }
  } catch (error) {
    return { call, error: error instanceof Error ? error.message : String(error) }
  }
}
