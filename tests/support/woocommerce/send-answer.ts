import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { htmlPage, type Page } from './authorize-application.ts'
import type { Fault } from './faults.ts'

const HUGE_BYTES = 50 * 1024 * 1024
const CHUNK = 'x'.repeat(64 * 1024)
const DEPTH = 100_000
/** The pause between the pieces of a body that never ends. */
const TRICKLE_MS = 20

/** Sends an answer as it is. */
export function sendPage(response: ServerResponse, page: Page): void {
  response.writeHead(page.status, page.headers).end(page.body)
}

/** Sends an answer with a fault. `page` is the right answer, or an empty one if the request wasn't carried out. */
export async function sendFaulty(response: ServerResponse, page: Page, fault: Fault): Promise<void> {
  const json = { ...page.headers, 'content-type': 'application/json; charset=UTF-8' }
  switch (fault.kind) {
    case 'slow':
      await pause(fault.delayMs, undefined, { ref: false })
      return sendPage(response, page)
    case 'status': {
      const error = htmlPage(fault.status, `Error ${fault.status}`, `<h1>Error ${fault.status}</h1>`)
      if (fault.retryAfter !== undefined) error.headers['retry-after'] = fault.retryAfter
      return sendPage(response, error)
    }
    case 'user-agent':
      return sendPage(response, htmlPage(403, 'Forbidden', '<h1>Forbidden</h1><p>Your browser was not recognised.</p>'))
    case 'html':
      return sendPage(response, htmlPage(200, 'Maintenance', '<h1>Briefly unavailable for scheduled maintenance.</h1>'))
    case 'redirect':
      return sendPage(response, { status: fault.status ?? 302, headers: { location: fault.to }, body: '' })
    case 'closed':
      return void response.destroy()
    case 'prefix':
      return sendPage(response, { ...page, body: `${fault.text}${page.body}` })
    case 'prototype-keys':
      return sendPage(response, { ...page, body: withPrototypeKeys(page.body) })
    case 'truncated':
      return sendHalf(response, page, fault.isHungUp === true)
    case 'deep': {
      const depth = fault.depth ?? DEPTH
      return sendPage(response, { status: 200, headers: json, body: `${'['.repeat(depth)}${']'.repeat(depth)}` })
    }
    case 'huge':
      response.writeHead(200, json)
      return sendHuge(response, fault.bytes ?? HUGE_BYTES)
    case 'never-ending':
      response.writeHead(200, json).write('[{"id":1')
      while (!response.destroyed) {
        response.write(' ')
        await pause(TRICKLE_MS, undefined, { ref: false })
      }
  }
}

function sendHalf(response: ServerResponse, { status, headers, body }: Page, isHungUp: boolean): void {
  const bytes = Buffer.from(body, 'utf8')
  const half = bytes.subarray(0, Math.floor(bytes.byteLength / 2))
  if (!isHungUp) return void response.writeHead(status, headers).end(half)
  response.writeHead(status, { ...headers, 'content-length': bytes.byteLength })
  response.write(half, () => response.destroy())
}

/** Sends JSON of this size: a list with one long text. A client may hang up before the end. */
async function sendHuge(response: ServerResponse, bytes: number): Promise<void> {
  function* pieces() {
    yield '["'
    for (let left = bytes - 4; left > 0; left -= CHUNK.length) yield CHUNK.slice(0, left)
    yield '"]'
  }
  await pipeline(Readable.from(pieces()), response).catch(() => undefined)
}

/** Inserts the keys as text: an object literal would set the prototype instead. */
function withPrototypeKeys(body: string): string {
  const keys = '"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}},"prototype":{"isPolluted":true},'
  return body.replaceAll('{"id":', `{${keys}"id":`)
}
