import { appendFileSync } from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { resolve } from 'node:path'

// Loaded before the engine (`node --import`): records the order in which files and folders are synced to disk and
// renamed.
const log = process.env.LEDGERDROP_TEST_FS_LOG ?? ''
const paths = new WeakMap()
const { open, rename } = promises
const probe = await open(import.meta.filename, 'r')
const prototype = Object.getPrototypeOf(probe)
await probe.close()
const { sync } = prototype

const record = (operation, ...names) =>
  appendFileSync(log, `${JSON.stringify([operation, ...names.map((name) => resolve(String(name)))])}\n`)
prototype.sync = async function recordedSync() {
  await sync.call(this)
  record('sync', paths.get(this))
}
promises.open = async (path, ...rest) => {
  const handle = await open(path, ...rest)
  paths.set(handle, path)
  return handle
}
promises.rename = async (from, to) => {
  await rename(from, to)
  record('rename', from, to)
}
syncBuiltinESMExports()
