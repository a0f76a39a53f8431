import { open } from 'node:fs/promises'

// Loaded before the engine (`node --import`): makes fsync fail at random, with the error that the system would report.
const rate = Number(process.env.LEDGERDROP_TEST_SYNC_FAILS ?? '0')
const handle = await open(import.meta.filename, 'r')
const prototype = Object.getPrototypeOf(handle)
await handle.close()
const { sync } = prototype
prototype.sync = async function failingSync() {
  if (Math.random() < rate) throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO', errno: -5, syscall: 'fsync' })
  return sync.call(this)
}
