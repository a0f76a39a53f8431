import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { announce } from './announce.mjs'

/**
 * Runs work while no other process does work of the same name (a path). Held by a listening socket, which the operating
 * system closes when its process dies: a crash leaves nothing locked.
 */
export async function oneAtATime(name, work) {
  const key = createHash('sha256').update(name).digest('hex').slice(0, 24)
  const address = lockAddress(key)
  let server = await listen(address)
  let isWaitAnnounced = false
  while (server === undefined) {
    const wasHeld = await waitUntilReleased(address, () => {
      if (!isWaitAnnounced) announce('Another Ledgerdrop script prepares this; waiting for it ...')
      isWaitAnnounced = true
    })
    // A socket file that nobody answers was left by a process that died.
    if (!wasHeld && address.startsWith(tmpdir())) rmSync(address, { force: true })
    server = await listen(address)
  }
  try {
    return await work()
  } finally {
    for (const waiting of server.waiting) waiting.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** Linux and Windows have names for sockets that need no file, and so leave none behind. */
function lockAddress(key) {
  if (process.platform === 'linux') return `\0ledgerdrop-${key}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\ledgerdrop-${key}`
  return join(tmpdir(), `ledgerdrop-${key}.sock`)
}

function listen(address) {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      server.waiting.add(socket)
      socket.on('error', () => server.waiting.delete(socket))
      socket.on('close', () => server.waiting.delete(socket))
    })
    server.waiting = new Set()
    server.on('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen(address, () => resolve(server))
  })
}

/** True when somebody held it and let go; false when nobody answered. */
function waitUntilReleased(address, onHeld) {
  return new Promise((resolve) => {
    let wasHeld = false
    const socket = connect(address, () => {
      wasHeld = true
      onHeld()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(wasHeld))
    socket.resume()
  })
}
