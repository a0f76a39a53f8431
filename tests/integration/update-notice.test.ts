import type { ServerResponse } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { examine } from '../../src-main/engine/engine'
import type { UpdateState } from '../../src-shared/contract/contract'
import { FeedServer } from '../support/feed-server'
import { ManualClock } from '../support/manual-clock'
import { Office } from '../support/office'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** An office with a feed's server beside it; nothing is switched on. */
async function officeWithFeed(options: { updateLimitMs?: number } = {}) {
  const server = await FeedServer.start()
  onTestFinished(() => server.stop())
  const clock = new ManualClock(undefined, 'wait')
  const office = await Office.unfurnished({ clock, ...options })
  // The sync tasks are not what is looked at here, and their runs take time.
  await office.command('sync.setPaused', { isPaused: true })
  const switchOn = () => office.command('updates.saveSettings', { isOn: true, feedAddress: server.address })
  const look = () => office.command('updates.look', {})
  return { server, clock, office, switchOn, look }
}

/** The same, looking by itself: the program runs, and looking is on. */
async function lookingOffice() {
  const all = await officeWithFeed()
  await all.switchOn()
  // As on another day: what was switched on just now is looked at without waiting.
  await all.office.restart()
  await all.office.engine.start()
  return all
}

/**
 * Lets time go by, minute by minute only in the last hour. The program reads the clock at least every 30 minutes, so a look that is due earlier
 * happens in that hour.
 */
async function skip(clock: ManualClock, ms: number): Promise<void> {
  clock.jump(Math.max(0, ms - HOUR))
  await clock.pass(Math.min(ms, HOUR))
}

const codeOf = (state: UpdateState) => state.lastLook?.failure?.code ?? null

describe('while it is off', () => {
  test('no request is made: not at the start, not in a week, not by Look Now, not when an address is only kept', async () => {
    const { server, clock, office } = await officeWithFeed()
    expect(await office.command('updates.getSettings', {})).toEqual({ isOn: false, feedAddress: '' })
    await office.engine.start()
    await clock.pass(2 * HOUR)
    await office.command('updates.saveSettings', { isOn: false, feedAddress: server.address })
    for (let day = 0; day < 7; day++) {
      clock.jump(DAY)
      await clock.pass(HOUR)
    }
    expect(await office.refusal('updates.look', {})).toMatchObject({ code: 'updates-off' })
    expect(await office.command('updates.get', {})).toMatchObject({ isOn: false, lastLook: null, nextLookAt: null, release: null })
    expect(server.requests).toEqual([])
  })

  test('what was known is not told any more, and nothing is asked from then on', async () => {
    const { server, clock, office } = await lookingOffice()
    await clock.pass(2 * MINUTE)
    expect(office.lastTold('updates.changed')?.release?.version).toBe('1.2.0')
    await office.command('updates.saveSettings', { isOn: false, feedAddress: server.address })
    expect(office.lastTold('updates.changed')).toMatchObject({ isOn: false, release: null })
    clock.jump(3 * DAY)
    await clock.pass(2 * HOUR)
    expect(server.requests).toHaveLength(1)
  })
})

describe('the settings', () => {
  test.for([
    ['', 'update-address-missing'],
    ['   ', 'update-address-missing'],
    ['downloads.example.com/feed.json', 'update-address-invalid'],
    ['http://downloads.example.com/feed.json', 'update-address-invalid'],
    ['https://user:secret@downloads.example.com/feed.json', 'update-address-invalid'],
    ['file:///etc/passwd', 'update-address-invalid'],
  ] as const)('it is not switched on with the address %j', async ([feedAddress, code]) => {
    const { office } = await officeWithFeed()
    const refusal = await office.refusal('updates.saveSettings', { isOn: true, feedAddress })
    expect(refusal).toMatchObject({ code, remedy: expect.stringMatching(/address/) })
    expect(await office.command('updates.getSettings', {})).toEqual({ isOn: false, feedAddress: '' })
  })

  test('they are the administrator’s; operators know what was found, viewers need not', async () => {
    const { office, switchOn } = await officeWithFeed()
    await switchOn()
    for (const role of ['viewer', 'operator'] as const) {
      expect(await office.refusal('updates.saveSettings', { isOn: false, feedAddress: '' }, role)).toMatchObject({ code: 'not-allowed' })
      expect(await office.refusal('updates.look', {}, role)).toMatchObject({ code: 'not-allowed' })
    }
    expect(await office.command('updates.get', {}, 'operator')).toMatchObject({ isOn: true })
    expect(await office.refusal('updates.get', {}, 'viewer')).toMatchObject({ code: 'not-allowed' })
    expect(await office.refusal('updates.hide', { version: '1.2.0' }, 'viewer')).toMatchObject({ code: 'not-allowed' })
  })

  test('what one feed said is not told of another', async () => {
    const { server, office, switchOn, look } = await officeWithFeed()
    await switchOn()
    expect((await look()).release).not.toBeNull()
    await office.command('updates.saveSettings', { isOn: true, feedAddress: 'https://elsewhere.example/feed.json' })
    expect(await office.command('updates.get', {})).toMatchObject({ lastLook: null, release: null })
    expect(server.requests).toHaveLength(1)
  })
})

describe('a look', () => {
  test('finds a newer version and says where to get it', async () => {
    const { server, office, switchOn, look } = await officeWithFeed()
    await switchOn()
    expect(await look()).toEqual({
      isOn: true,
      version: '0.0.0-test',
      isLooking: false,
      lastLook: { at: office.clock.now().toISOString(), failure: null },
      nextLookAt: new Date(office.clock.now().getTime() + DAY).toISOString(),
      release: { version: '1.2.0', page: `${server.origin}/ledgerdrop`, released: '2026-05-01', notes: 'Orders sort faster.' },
      hiddenFrom: [],
    })
    const told = office.told.flatMap((one) => (one.name === 'updates.changed' ? [one.event.isLooking] : []))
    expect(told).toEqual([false, true, false])
  })

  test.for(['0.0.0-test', '0.0.0-rc.1', '0.0.0-0'])('says that all is up to date where the feed names %s', async (version) => {
    const { server, switchOn, look } = await officeWithFeed()
    server.says({ version })
    await switchOn()
    expect(await look()).toMatchObject({ release: null, lastLook: { failure: null } })
  })

  test('tells the server the version of this program and nothing else', async () => {
    const { server, switchOn, look } = await officeWithFeed()
    server.answer = (response) => response.setHeader('Set-Cookie', 'id=1; Path=/').end(JSON.stringify(server.feed()))
    await switchOn()
    await look()
    await look()
    expect(server.requests.map(({ path }) => path)).toEqual(['/feed.json', '/feed.json'])
    for (const { headers } of server.requests) {
      expect(headers['user-agent']).toBe('Ledgerdrop/0.0.0-test')
      expect(headers).not.toHaveProperty('cookie')
      expect(headers).not.toHaveProperty('authorization')
      expect(headers).not.toHaveProperty('referer')
    }
  })

  test('two at once are one request', async () => {
    const { server, switchOn, look } = await officeWithFeed()
    await switchOn()
    const [one, other] = await Promise.all([look(), look()])
    expect(one.release).toEqual(other.release)
    expect(server.requests).toHaveLength(1)
  })

  const endless = (response: ServerResponse) => {
    const more = () => response.destroyed || response.write('x'.repeat(16 * 1024), more)
    more()
  }
  test.for<[string, string, (response: ServerResponse, server: FeedServer) => unknown]>([
    ['a redirect to another server', 'update-feed-redirected', (to) => to.writeHead(302, { Location: 'https://evil.example/' }).end()],
    ['a redirect within the server', 'update-feed-redirected', (to, { origin }) => to.writeHead(301, { Location: `${origin}/new` }).end()],
    ['a page that is not there', 'update-feed-refused', (to) => to.writeHead(404).end('not found')],
    ['a fault of the server', 'update-feed-refused', (to) => to.writeHead(500).end('oops')],
    ['a question for a password', 'update-feed-refused', (to) => to.writeHead(401, { 'WWW-Authenticate': 'Basic' }).end()],
    ['a web page', 'update-feed-not-json', (to) => to.end('<!doctype html><title>Hello</title>')],
    ['nothing', 'update-feed-not-json', (to) => to.end()],
    ['other JSON', 'update-feed-invalid', (to) => to.end('{"tag_name": "v1.2.0"}')],
    ['more than 64 KB', 'update-feed-too-large', (to) => to.end(JSON.stringify('x'.repeat(64 * 1024)))],
    ['bytes without end', 'update-feed-too-large', endless],
    ['a connection that ends', 'update-feed-unreachable', (to) => to.destroy()],
    [
      'a page of another origin',
      'update-page-elsewhere',
      (to, server) => to.end(JSON.stringify(server.feed({ page: 'https://evil.example/' }))),
    ],
  ])('that gets %s is refused with the reason, and is no problem of the office', async ([, code, answer]) => {
    const { server, office, switchOn, look } = await officeWithFeed()
    server.answer = (response) => void answer(response, server)
    await switchOn()
    const state = await look()
    expect(codeOf(state)).toBe(code)
    expect(state.lastLook?.failure?.message).toMatch(/127\.0\.0\.1/)
    expect(state.lastLook?.failure?.remedy).not.toBe('')
    expect(state.release).toBeNull()
    expect(server.requests).toHaveLength(1)
    expect(office.logged).toContain(`The look for a newer version failed: ${code}`)
    expect((await office.command('sync.problems', {})).problems).toEqual([])
    expect((await office.command('sync.status', {})).health.problemCount).toBe(0)
  })

  test('for which nobody is there says so', async () => {
    const { server, switchOn, look } = await officeWithFeed()
    await switchOn()
    await server.stop()
    expect(codeOf(await look())).toBe('update-feed-unreachable')
  })

  test('at a server that cannot prove who it is reads nothing from it', async () => {
    const { office, look } = await officeWithFeed()
    const stranger = await FeedServer.start({ isSecure: true })
    onTestFinished(() => stranger.stop())
    await office.command('updates.saveSettings', { isOn: true, feedAddress: stranger.address })
    expect(codeOf(await look())).toBe('update-feed-certificate')
    expect(stranger.requests).toEqual([])
  })

  test.for<[string, (response: ServerResponse) => unknown]>([
    ['says nothing', () => {}],
    ['never comes to its end', (to) => to.write('{"version": ')],
  ])('at a server that %s ends at the limit', async ([, answer]) => {
    const { server, switchOn, look } = await officeWithFeed({ updateLimitMs: 200 })
    server.answer = (response) => void answer(response)
    await switchOn()
    const state = await look()
    expect(codeOf(state)).toBe('update-feed-slow')
    expect(state.isLooking).toBe(false)
    expect(state.lastLook?.failure?.message).toContain('0.2 seconds')
  })

  test('that failed does not take away what was known', async () => {
    const { server, switchOn, look } = await officeWithFeed()
    await switchOn()
    await look()
    server.answer = (response) => void response.writeHead(503).end()
    expect(await look()).toMatchObject({ release: { version: '1.2.0' }, lastLook: { failure: { code: 'update-feed-refused' } } })
  })

  test('is broken off when the program stops, or when it is switched off, and counts for nothing', async () => {
    const { server, office, switchOn, look } = await officeWithFeed()
    server.answer = () => {}
    await switchOn()
    const looking = look()
    await expect.poll(() => server.requests.length).toBe(1)
    await office.command('updates.saveSettings', { isOn: false, feedAddress: server.address })
    expect(await looking).toMatchObject({ isOn: false, isLooking: false, lastLook: null })
    await switchOn()
    const again = look()
    await expect.poll(() => server.requests.length).toBe(2)
    await office.stop()
    expect(await again).toMatchObject({ isLooking: false, lastLook: null })
    await office.start()
    expect(await office.command('updates.get', {})).toMatchObject({ isOn: true, lastLook: null })
  })
})

describe('by itself', () => {
  test('it looks at once where it was switched on before the start was over', async () => {
    const { server, clock, office, switchOn } = await officeWithFeed()
    await switchOn()
    await office.engine.start()
    await clock.pass(1000)
    expect(server.requests).toHaveLength(1)
  })

  test('it looks shortly after the start, then once a day', async () => {
    const { server, clock } = await lookingOffice()
    await clock.pass(59_000)
    expect(server.requests).toHaveLength(0)
    await clock.pass(MINUTE)
    expect(server.requests).toHaveLength(1)
    await skip(clock, DAY - MINUTE)
    expect(server.requests).toHaveLength(1)
    await clock.pass(MINUTE)
    expect(server.requests).toHaveLength(2)
  })

  test('it looks at once when it is switched on while the program runs', async () => {
    const { server, office, switchOn } = await officeWithFeed()
    await office.engine.start()
    await switchOn()
    await expect.poll(() => office.lastTold('updates.changed')?.release?.version).toBe('1.2.0')
    expect(server.requests).toHaveLength(1)
  })

  test('a restart does not look again before the day is over, and still knows what was found', async () => {
    const { server, clock, office } = await lookingOffice()
    await clock.pass(2 * MINUTE)
    for (let start = 0; start < 3; start++) {
      await office.restart()
      await office.engine.start()
      await clock.pass(10 * MINUTE)
    }
    expect(server.requests).toHaveLength(1)
    expect((await office.command('updates.get', {})).release?.version).toBe('1.2.0')
    await office.stop()
    clock.advance(DAY)
    await office.start()
    await office.engine.start()
    await clock.pass(2 * MINUTE)
    expect(server.requests).toHaveLength(2)
  })

  test('a look that failed is tried again after 1, 2, 4 hours, then, when it went well, after a day', async () => {
    const { server, clock, office } = await lookingOffice()
    server.answer = (response) => void response.writeHead(503).end()
    const countAfter = async (ms: number) => {
      await skip(clock, ms)
      return server.requests.length
    }
    expect(await countAfter(2 * MINUTE)).toBe(1)
    expect(await countAfter(57 * MINUTE)).toBe(1)
    expect(await countAfter(3 * MINUTE)).toBe(2)
    expect(await countAfter(2 * HOUR - 4 * MINUTE)).toBe(2)
    expect(await countAfter(4 * MINUTE)).toBe(3)
    server.says({})
    expect(await countAfter(4 * HOUR)).toBe(4)
    expect(office.lastTold('updates.changed')).toMatchObject({ release: { version: '1.2.0' }, lastLook: { failure: null } })
    expect(await countAfter(DAY - HOUR)).toBe(4)
    expect(await countAfter(HOUR + MINUTE)).toBe(5)
  })

  test('a person who tries again and again does not make the pauses longer', async () => {
    const { server, clock, look } = await lookingOffice()
    server.answer = (response) => void response.writeHead(503).end()
    await clock.pass(2 * MINUTE)
    for (let time = 0; time < 5; time++) await look()
    const before = server.requests.length
    await clock.pass(HOUR + 30 * MINUTE)
    expect(server.requests).toHaveLength(before + 1)
  })

  test('after the computer slept, or the clock was set back, it goes on', async () => {
    const { server, clock } = await lookingOffice()
    await clock.pass(2 * MINUTE)
    clock.jump(3 * DAY)
    await clock.pass(HOUR)
    expect(server.requests).toHaveLength(2)
    clock.jump(-300 * DAY)
    await clock.pass(HOUR)
    expect(server.requests).toHaveLength(3)
  })
})

describe('Not now', () => {
  test('hides that version from everybody until a newer one is there, also after a restart', async () => {
    const { server, office, switchOn, look } = await officeWithFeed()
    await switchOn()
    await look()
    expect(await office.command('updates.hide', { version: '1.2.0' })).toMatchObject({ hiddenFrom: ['operator', 'administrator'] })
    await office.restart()
    expect(await look()).toMatchObject({ release: { version: '1.2.0' }, hiddenFrom: ['operator', 'administrator'] })
    server.says({ version: '1.2.0-rc.1' })
    expect(await look()).toMatchObject({ release: { version: '1.2.0-rc.1' }, hiddenFrom: ['operator', 'administrator'] })
    server.says({ version: '1.10.0' })
    expect(await look()).toMatchObject({ release: { version: '1.10.0' }, hiddenFrom: [] })
  })

  test('said by an operator it hides nothing from the administrator who would install it', async () => {
    const { office, switchOn, look } = await officeWithFeed()
    await switchOn()
    await look()
    expect(await office.command('updates.hide', { version: '1.2.0' }, 'operator')).toMatchObject({ hiddenFrom: ['operator'] })
    expect(office.lastTold('updates.changed')).toMatchObject({ hiddenFrom: ['operator'] })
  })

  test('of a version that is not the one that is told changes nothing', async () => {
    const { office, switchOn, look } = await officeWithFeed()
    await switchOn()
    await look()
    expect(await office.command('updates.hide', { version: '999.0.0' })).toMatchObject({ hiddenFrom: [] })
  })
})

test('once the newer version is installed nothing is told any more', async () => {
  const { office, switchOn, look } = await officeWithFeed()
  await switchOn()
  await look()
  await office.restart({ version: '1.2.0' })
  expect(await office.command('updates.get', {})).toMatchObject({ version: '1.2.0', release: null, lastLook: { failure: null } })
})

test('the doctor says what is known, asks nobody, and finds nothing wrong with it', async () => {
  const { server, office, switchOn, look } = await officeWithFeed()
  const doctor = async () => {
    const { workspace: workspaceFolder, clock } = office
    const findings = await examine({ workspaceFolder, version: '0.9.0', now: clock.now(), isProgramAnswering: async () => true })
    return findings.find(({ check }) => check === 'Newer version')
  }
  expect(await doctor()).toMatchObject({ isWell: true, text: expect.stringContaining('is off') })
  await switchOn()
  expect(await doctor()).toMatchObject({ isWell: true, text: 'not looked for yet' })
  await look()
  expect(await doctor()).toMatchObject({ isWell: true, text: expect.stringContaining('1.2.0 is available') })
  server.answer = (response) => void response.writeHead(503).end()
  await look()
  expect(await doctor()).toMatchObject({
    isWell: true,
    text: expect.stringMatching(/1\.2\.0 is available.*failed \(update-feed-refused\)/),
  })
  expect(server.requests).toHaveLength(2)
})

test('a page of another origin that got into the database is never named', async () => {
  const { office, switchOn, look } = await officeWithFeed()
  await switchOn()
  await look()
  office.tamper(`update setting set value = replace(value, '/ledgerdrop"', '@evil.example/"') where name = 'updateLook'`)
  expect((await office.command('updates.get', {})).release).toBeNull()
})
