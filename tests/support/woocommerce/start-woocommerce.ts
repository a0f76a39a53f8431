import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { RemoteStoreControl, RunningStore, StoreControl } from './store-control.ts'
import type { StoreOptions } from './store-settings.ts'
import type { ControlCall, ControlResult, StoreStarted } from './woocommerce-process.ts'

/** A store in its own process. */
export interface StoreProcess extends RunningStore<RemoteStoreControl> {
  pid: number
  /** Closes the channel to the process, as if this process had ended. */
  disconnect(): void
  /** Kills the process, like a server that crashes. `stop` does too; nothing is worth saving. */
  stop(): Promise<void>
}

/**
 * Starts a stand-in WooCommerce in its own process, so that its work doesn't slow down the program under test. It ends
 * with this process.
 */
export async function startWooCommerce(
  options: StoreOptions = {},
  script = join(import.meta.dirname, 'woocommerce-process.ts'),
): Promise<StoreProcess> {
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ended = once(child, 'exit')
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const started = await new Promise<StoreStarted>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      const error = new Error(`The stand-in WooCommerce has ended (exit code ${code})`)
      reject(error)
      for (const call of waiting.values()) call.reject(error)
    })
    child.once('message', (message) => {
      child.on('message', (result: ControlResult) => {
        const call = waiting.get(result.call)
        waiting.delete(result.call)
        if (result.error === undefined) call?.resolve(result.value)
        else call?.reject(new Error(result.error))
      })
      resolve(message as StoreStarted)
    })
  })
  let calls = 0
  const callRemote = (method: keyof StoreControl, args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      calls += 1
      waiting.set(calls, { resolve, reject })
      const call: ControlCall = { call: calls, method, args }
      child.send(call, (error) => error !== null && reject(error))
    })
  const control = new Proxy({} as RemoteStoreControl, {
    // A control that had a `then` would be taken for a promise.
    get: (_control, name) => (name === 'then' ? undefined : (...args: unknown[]) => callRemote(name as keyof StoreControl, args)),
  })
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { ...started, pid: child.pid ?? 0, control, disconnect: () => child.disconnect(), stop }
}
