import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { announce } from './announce.mjs'

/**
 * Runs `work` while holding the lock `name`, which only one process can hold at a time. The lock is a listening socket,
 * which the operating system closes when the process dies, so a crash never leaves it locked.
 */
export async function oneAtATime(name, work) {
  const key = createHash('sha256').update(name).digest('hex').slice(0, 24)
  const address = lockAddress(key)
  let server = await listen(address)
  let isWaitAnnounced = false
  while (server === undefined) {
    const wasHeld = await waitUntilReleased(address, () => {
      if (!isWaitAnnounced) announce('Another Ledgerdrop script is preparing this; waiting for it ...')
      isWaitAnnounced = true
    })
    // If nothing answers on a socket file, its process has died.
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

/** The socket's address. On Linux and Windows it isn't a file, so a crash leaves nothing behind. */
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

/** Resolves to true when another process releases the lock, or to false if no process holds it. */
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
