import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { EngineThread } from '../../../../src-main/engine-thread/engine-thread'
import type { EngineThreadOptions } from '../../../../src-main/engine-thread/engine-thread-options'

const SILENT = { info: () => {}, error: () => {} }
const FAILURE = { code: 'workspace-locked', message: 'In use.', remedy: 'Quit it.' }

/** A function that starts a real thread with this body. */
const thread = (body: string) => () => new Worker(`const { parentPort: port } = require('node:worker_threads'); ${body}`, { eval: true })

const READY = `port.postMessage({ kind: 'ready' });`
const ANSWERING = `${READY} port.on('message', (m) => {
  if (m.kind === 'stop') { port.postMessage({ kind: 'stopped' }); return process.exit(0) }
  if (m.name === 'die') process.exit(3)
  if (m.name === 'throw') throw new Error('bug')
  if (m.name === 'silence') return
  port.postMessage({ kind: 'answer', id: m.id, result: { ok: true, value: [m.name, m.input] } })
})`

const running: EngineThread[] = []

function start(startWorker: () => Worker, overrides: Partial<EngineThreadOptions> = {}): EngineThread {
  const engine = new EngineThread({ startWorker, log: SILENT, restartPausesMs: [5, 5], retryAfterMs: 0, stopLimitMs: 200, ...overrides })
  running.push(engine)
  engine.start()
  return engine
}

const waitForState = (engine: EngineThread, kind: string) =>
  vi.waitFor(() => expect(engine.state.kind).toBe(kind), { timeout: 60_000, interval: 5 })

afterEach(async () => {
  await Promise.all(running.splice(0).map((engine) => engine.stop()))
})

describe('every command is answered', () => {
  test('even if it is sent before the engine is ready', async () => {
    const engine = start(thread(`setTimeout(() => { ${ANSWERING} }, 50)`))
    expect(engine.state.kind).toBe('starting')
    expect(await engine.invoke('orders.get', { orderId: 7 })).toEqual({ ok: true, value: ['orders.get', { orderId: 7 }] })
  })

  test.each(['die', 'throw'])('even if the thread dies while it runs (%s), and later commands work again', async (name) => {
    const engine = start(thread(ANSWERING))
    await waitForState(engine, 'ready')
    const states: string[] = []
    engine.onState(({ kind }) => states.push(kind))
    const [waiting, lost] = await Promise.all([engine.invoke('silence', null), engine.invoke(name, null)])
    expect(lost).toMatchObject({ ok: false, error: { code: 'engine-stopped' } })
    expect(waiting).toMatchObject({ ok: false, error: { code: 'engine-stopped' } })
    expect(await engine.invoke('too soon', null)).toMatchObject({ ok: false, error: { code: 'engine-stopped' } })
    await waitForState(engine, 'ready')
    expect(states).toEqual(['restarting', 'starting', 'ready'])
    expect(await engine.invoke('again', 1)).toEqual({ ok: true, value: ['again', 1] })
  })

  test('even if the thread does not answer', async () => {
    const engine = start(thread(ANSWERING), { answerLimitMs: 30 })
    await waitForState(engine, 'ready')
    expect(await engine.invoke('silence', null)).toMatchObject({ ok: false, error: { code: 'engine-not-answering' } })
  })

  test('even if the workspace takes a long time to open', async () => {
    const engine = start(thread(`port.on('message', () => {})`), { answerLimitMs: 30 })
    expect(await engine.invoke('sync.status', {})).toMatchObject({ ok: false, error: { code: 'engine-starting' } })
  })

  test('even if the program is quitting', async () => {
    const engine = start(thread(ANSWERING))
    await waitForState(engine, 'ready')
    const waiting = engine.invoke('silence', null)
    await engine.stop()
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'engine-stopped' } })
    expect(await engine.invoke('orders.list', {})).toMatchObject({ ok: false, error: { code: 'engine-stopped' } })
    expect(engine.state.kind).toBe('stopped')
  })

  test('even if its input cannot be sent to the thread', async () => {
    const engine = start(thread(ANSWERING))
    await waitForState(engine, 'ready')
    expect(await engine.invoke('orders.get', () => {})).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(await engine.invoke('fine', 1)).toMatchObject({ ok: true })
  })
})

describe('an engine that cannot start', () => {
  test('answers every command with its failure, and tries to start again later', async () => {
    let isFree = false
    const refusing = thread(`port.postMessage({ kind: 'failed', failure: ${JSON.stringify(FAILURE)} })`)
    const engine = start(() => (isFree ? thread(ANSWERING)() : refusing()), { retryAfterMs: 50 })
    expect(await engine.invoke('orders.list', {})).toEqual({ ok: false, error: FAILURE })
    expect(engine.state).toEqual({ kind: 'failed', failure: FAILURE })
    expect(await engine.invoke('orders.list', {})).toEqual({ ok: false, error: FAILURE })
    isFree = true
    await vi.waitFor(async () => expect(await engine.invoke('orders.list', {})).toMatchObject({ ok: true }), {
      timeout: 60_000,
      interval: 20,
    })
  })

  test('is no longer restarted after a few attempts if it dies every time', async () => {
    let starts = 0
    const engine = start(
      () => {
        starts += 1
        return thread('process.exit(1)')()
      },
      { retryAfterMs: 60_000 },
    )
    await waitForState(engine, 'failed')
    expect(starts).toBe(3)
    expect(await engine.invoke('orders.list', {})).toMatchObject({
      ok: false,
      error: { code: 'engine-stopped', message: expect.stringContaining('keeps stopping') },
    })
  })
})

describe('an engine that hangs', () => {
  const ANSWERING_PINGS = `${READY} port.on('message', (m) => {
    if (m.kind === 'ping') port.postMessage({ kind: 'pong' })
    if (m.kind === 'stop') { port.postMessage({ kind: 'stopped' }); process.exit(0) }
    if (m.name === 'hang') for (;;);
    if (m.name === 'hung run') port.postMessage({ kind: 'hung', task: 'Write Order' })
  })`
  const pings = { pingEveryMs: 10, maxUnansweredPings: 3 }

  test.each(['hang', 'hung run'])('is terminated and restarted (%s)', async (name) => {
    const engine = start(thread(ANSWERING_PINGS), pings)
    await waitForState(engine, 'ready')
    const states: string[] = []
    engine.onState(({ kind }) => states.push(kind))
    expect(await engine.invoke(name, null)).toMatchObject({ ok: false, error: { code: 'engine-stopped' } })
    await waitForState(engine, 'ready')
    expect([...new Set(states)]).toEqual(['restarting', 'starting', 'ready'])
  })

  test('is not restarted as long as it answers pings', async () => {
    const engine = start(thread(ANSWERING_PINGS), pings)
    await waitForState(engine, 'ready')
    const states: string[] = []
    engine.onState(({ kind }) => states.push(kind))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(states).toEqual([])
  })
})

describe('web requests of the engine', () => {
  const REQUESTING = `${READY} port.postMessage({ kind: 'read', id: 1, request: { address: 'https://example.com/', userAgent: 'x', maxBytes: 1 } });`
  /** Waits like a server that never answers, until the request is aborted. */
  const untilEnded = (signal: AbortSignal) =>
    new Promise<'ended'>((resolve) => signal.addEventListener('abort', () => resolve('ended'), { once: true }))

  test.each([
    [
      'if the engine no longer needs them',
      `setTimeout(() => port.postMessage({ kind: 'endRead', id: 1 }), 20); port.on('message', () => {})`,
    ],
    ['if the thread dies', 'setTimeout(() => process.exit(3), 20)'],
  ])('are aborted %s', async (_case, body) => {
    const ended = new Promise<string>((resolve) => {
      start(thread(`${REQUESTING} ${body}`), {
        requestWeb: async (request, signal) => {
          resolve(`${request.address} ${await untilEnded(signal)}`)
          return { kind: 'aborted' }
        },
      })
    })
    expect(await ended).toBe('https://example.com/ ended')
  })

  test('are answered', async () => {
    const engine = start(
      thread(`${REQUESTING} port.on('message', (m) => port.postMessage({ kind: 'event', message: [m.kind, m.answer] }))`),
      {
        requestWeb: async () => ({ kind: 'redirected', to: 'https://example.org/' }),
      },
    )
    const event = await new Promise((resolve) => engine.onEvent(resolve))
    expect(event).toMatchObject({ message: ['read', { kind: 'redirected', to: 'https://example.org/' }] })
  })
})

describe('quitting', () => {
  test('ends a thread that does not stop', async () => {
    const engine = start(thread(`${READY} port.on('message', () => {}); setInterval(() => {}, 1000)`))
    await waitForState(engine, 'ready')
    await engine.stop()
    expect(engine.worker).toBeNull()
  })

  test('ends a thread that hangs in a loop', async () => {
    const engine = start(thread(`${READY} setTimeout(() => { for (;;); }, 10)`))
    await waitForState(engine, 'ready')
    await engine.stop()
    expect(engine.worker).toBeNull()
  })

  test('does not wait for a scheduled restart', async () => {
    const engine = start(thread('process.exit(1)'), { restartPausesMs: [60_000] })
    await waitForState(engine, 'restarting')
    await engine.stop()
    expect(engine.state.kind).toBe('stopped')
  })

  test('does not lose events that arrive before it', async () => {
    const engine = start(
      thread(`${ANSWERING}; setTimeout(() => port.postMessage({ kind: 'event', message: ['tasks.changed', { tasks: [] }] }), 20)`),
    )
    const event = await new Promise((resolve) => engine.onEvent(resolve))
    expect(event).toEqual({ message: ['tasks.changed', { tasks: [] }] })
  })
})
