import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { RemoteShopifyControl, RunningShopify, ShopifyControl } from './shopify-control.ts'
import type { ControlCall, ControlResult, ShopifyStarted } from './shopify-process.ts'
import type { ShopifyOptions } from './shopify-settings.ts'

/** Starts a stand-in Shopify in its own process, so that its work doesn't slow down the program under test. It ends with this process. */
export async function startShopify(schemaFile: string, options: ShopifyOptions = {}): Promise<RunningShopify<RemoteShopifyControl>> {
  const script = join(import.meta.dirname, 'shopify-process.ts')
  const child = spawn(process.execPath, [script, schemaFile, JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ended = once(child, 'exit')
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const started = await new Promise<ShopifyStarted>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      const error = new Error(`The stand-in Shopify has ended (exit code ${code})`)
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
      resolve(message as ShopifyStarted)
    })
  })
  let calls = 0
  const callRemote = (method: keyof ShopifyControl, args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      calls += 1
      waiting.set(calls, { resolve, reject })
      const call: ControlCall = { call: calls, method, args }
      child.send(call, (error) => error !== null && reject(error))
    })
  const control = new Proxy({} as RemoteShopifyControl, {
    // A control that had a `then` would be taken for a promise.
    get: (_control, name) => (name === 'then' ? undefined : (...args: unknown[]) => callRemote(name as keyof ShopifyControl, args)),
  })
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { ...started, control, stop }
}
