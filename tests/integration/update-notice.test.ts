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

/** An office and a feed server. Update checks are off. */
async function officeWithFeed(options: { updateLimitMs?: number } = {}) {
  const server = await FeedServer.start()
  onTestFinished(() => server.stop())
  const clock = new ManualClock(undefined, 'wait')
  const office = await Office.openUnconfigured({ clock, ...options })
  // These tests don't need the sync tasks, and their runs take time.
  await office.command('sync.setPaused', { isPaused: true })
  const switchOn = () => office.command('updates.saveSettings', { isOn: true, feedAddress: server.address })
  const checkNow = () => office.command('updates.look', {})
  return { server, clock, office, switchOn, checkNow }
}

/** An office with a feed server that checks for updates automatically. */
async function checkingOffice() {
  const all = await officeWithFeed()
  await all.switchOn()
  // Turning checks on starts a check immediately. After a restart, checks run at their normal times.
  await all.office.restart()
  await all.office.engine.start()
  return all
}

/**
 * Advances the clock, and lets only the last hour pass minute by minute. The program reads the clock at least every 30
 * minutes, so a check that was due earlier happens in that hour.
 */
async function skip(clock: ManualClock, ms: number): Promise<void> {
  clock.jump(Math.max(0, ms - HOUR))
  await clock.pass(Math.min(ms, HOUR))
}

const codeOf = (state: UpdateState) => state.lastCheck?.failure?.code ?? null

describe('while update checks are off', () => {
  test('no request is made: not at the start, not in a week, not by Check Now, and not when an address is saved', async () => {
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
    expect(await office.command('updates.get', {})).toMatchObject({ isOn: false, lastCheck: null, nextCheckAt: null, release: null })
    expect(server.requests).toEqual([])
  })

  test('a known version is no longer published, and no more requests are made', async () => {
    const { server, clock, office } = await checkingOffice()
    await clock.pass(2 * MINUTE)
    expect(office.lastEvent('updates.changed')?.release?.version).toBe('1.2.0')
    await office.command('updates.saveSettings', { isOn: false, feedAddress: server.address })
    expect(office.lastEvent('updates.changed')).toMatchObject({ isOn: false, release: null })
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
  ] as const)('checks cannot be turned on with the address %j', async ([feedAddress, code]) => {
    const { office } = await officeWithFeed()
    const refusal = await office.refusal('updates.saveSettings', { isOn: true, feedAddress })
    expect(refusal).toMatchObject({ code, remedy: expect.stringMatching(/address/) })
    expect(await office.command('updates.getSettings', {})).toEqual({ isOn: false, feedAddress: '' })
  })

  test('only administrators can change them; operators see the result, viewers do not', async () => {
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

  test('the result of one feed is not shown for another feed', async () => {
    const { server, office, switchOn, checkNow } = await officeWithFeed()
    await switchOn()
    expect((await checkNow()).release).not.toBeNull()
    await office.command('updates.saveSettings', { isOn: true, feedAddress: 'https://elsewhere.example/feed.json' })
    expect(await office.command('updates.get', {})).toMatchObject({ lastCheck: null, release: null })
    expect(server.requests).toHaveLength(1)
  })
})

describe('a check', () => {
  test('finds a newer version and says where to get it', async () => {
    const { server, office, switchOn, checkNow } = await officeWithFeed()
    await switchOn()
    expect(await checkNow()).toEqual({
      isOn: true,
      version: '0.0.0-test',
      isChecking: false,
      lastCheck: { at: office.clock.now().toISOString(), failure: null },
      nextCheckAt: new Date(office.clock.now().getTime() + DAY).toISOString(),
      release: { version: '1.2.0', page: `${server.origin}/ledgerdrop`, released: '2026-05-01', notes: 'Orders sort faster.' },
      hiddenFrom: [],
    })
    const states = office.events.flatMap((published) => (published.name === 'updates.changed' ? [published.event.isChecking] : []))
    expect(states).toEqual([false, true, false])
  })

  test.for(['0.0.0-test', '0.0.0-rc.1', '0.0.0-0'])('finds no newer version if the feed names %s', async (version) => {
    const { server, switchOn, checkNow } = await officeWithFeed()
    server.respondWith({ version })
    await switchOn()
    expect(await checkNow()).toMatchObject({ release: null, lastCheck: { failure: null } })
  })

  test('sends the server the version of this program and nothing else', async () => {
    const { server, switchOn, checkNow } = await officeWithFeed()
    server.respond = (response) => response.setHeader('Set-Cookie', 'id=1; Path=/').end(JSON.stringify(server.feed()))
    await switchOn()
    await checkNow()
    await checkNow()
    expect(server.requests.map(({ path }) => path)).toEqual(['/feed.json', '/feed.json'])
    for (const { headers } of server.requests) {
      expect(headers['user-agent']).toBe('Ledgerdrop/0.0.0-test')
      expect(headers).not.toHaveProperty('cookie')
      expect(headers).not.toHaveProperty('authorization')
      expect(headers).not.toHaveProperty('referer')
    }
  })

  test('makes one request for two simultaneous checks', async () => {
    const { server, switchOn, checkNow } = await officeWithFeed()
    await switchOn()
    const [one, other] = await Promise.all([checkNow(), checkNow()])
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
    ['a missing page', 'update-feed-refused', (to) => to.writeHead(404).end('not found')],
    ['a server error', 'update-feed-refused', (to) => to.writeHead(500).end('oops')],
    ['a password prompt', 'update-feed-refused', (to) => to.writeHead(401, { 'WWW-Authenticate': 'Basic' }).end()],
    ['a web page', 'update-feed-not-json', (to) => to.end('<!doctype html><title>Hello</title>')],
    ['nothing', 'update-feed-not-json', (to) => to.end()],
    ['other JSON', 'update-feed-invalid', (to) => to.end('{"tag_name": "v1.2.0"}')],
    ['more than 64 KB', 'update-feed-too-large', (to) => to.end(JSON.stringify('x'.repeat(64 * 1024)))],
    ['an endless response', 'update-feed-too-large', endless],
    ['a closed connection', 'update-feed-unreachable', (to) => to.destroy()],
    [
      'a page on another origin',
      'update-page-elsewhere',
      (to, server) => to.end(JSON.stringify(server.feed({ page: 'https://evil.example/' }))),
    ],
  ])('that gets %s fails with the reason, and is not listed on Sync > Problems', async ([, code, answer]) => {
    const { server, office, switchOn, checkNow } = await officeWithFeed()
    server.respond = (response) => void answer(response, server)
    await switchOn()
    const state = await checkNow()
    expect(codeOf(state)).toBe(code)
    expect(state.lastCheck?.failure?.message).toMatch(/127\.0\.0\.1/)
    expect(state.lastCheck?.failure?.remedy).not.toBe('')
    expect(state.release).toBeNull()
    expect(server.requests).toHaveLength(1)
    expect(office.logged).toContain(`Checking for a newer version failed: ${code}`)
    expect((await office.command('sync.problems', {})).problems).toEqual([])
    expect((await office.command('sync.status', {})).health.problemCount).toBe(0)
  })

  test('fails with the reason if the server is not responding', async () => {
    const { server, switchOn, checkNow } = await officeWithFeed()
    await switchOn()
    await server.stop()
    expect(codeOf(await checkNow())).toBe('update-feed-unreachable')
  })

  test('reads nothing from a server with an untrusted certificate', async () => {
    const { office, checkNow } = await officeWithFeed()
    const untrustedServer = await FeedServer.start({ isSecure: true })
    onTestFinished(() => untrustedServer.stop())
    await office.command('updates.saveSettings', { isOn: true, feedAddress: untrustedServer.address })
    expect(codeOf(await checkNow())).toBe('update-feed-certificate')
    expect(untrustedServer.requests).toEqual([])
  })

  test.for<[string, (response: ServerResponse) => unknown]>([
    ['sends nothing', () => {}],
    ['never finishes its response', (to) => to.write('{"version": ')],
  ])('ends at the time limit if the server %s', async ([, answer]) => {
    const { server, switchOn, checkNow } = await officeWithFeed({ updateLimitMs: 200 })
    server.respond = (response) => void answer(response)
    await switchOn()
    const state = await checkNow()
    expect(codeOf(state)).toBe('update-feed-slow')
    expect(state.isChecking).toBe(false)
    expect(state.lastCheck?.failure?.message).toContain('0.2 seconds')
  })

  test('that fails does not discard the known version', async () => {
    const { server, switchOn, checkNow } = await officeWithFeed()
    await switchOn()
    await checkNow()
    server.respond = (response) => void response.writeHead(503).end()
    expect(await checkNow()).toMatchObject({ release: { version: '1.2.0' }, lastCheck: { failure: { code: 'update-feed-refused' } } })
  })

  test('is aborted when the program stops or checks are turned off, and is not recorded', async () => {
    const { server, office, switchOn, checkNow } = await officeWithFeed()
    server.respond = () => {}
    await switchOn()
    const check = checkNow()
    await expect.poll(() => server.requests.length).toBe(1)
    await office.command('updates.saveSettings', { isOn: false, feedAddress: server.address })
    expect(await check).toMatchObject({ isOn: false, isChecking: false, lastCheck: null })
    await switchOn()
    const again = checkNow()
    await expect.poll(() => server.requests.length).toBe(2)
    await office.stop()
    expect(await again).toMatchObject({ isChecking: false, lastCheck: null })
    await office.start()
    expect(await office.command('updates.get', {})).toMatchObject({ isOn: true, lastCheck: null })
  })
})

describe('the program', () => {
  test('checks immediately if checks were turned on before the start finished', async () => {
    const { server, clock, office, switchOn } = await officeWithFeed()
    await switchOn()
    await office.engine.start()
    await clock.pass(1000)
    expect(server.requests).toHaveLength(1)
  })

  test('checks shortly after the start, then once a day', async () => {
    const { server, clock } = await checkingOffice()
    await clock.pass(59_000)
    expect(server.requests).toHaveLength(0)
    await clock.pass(MINUTE)
    expect(server.requests).toHaveLength(1)
    await skip(clock, DAY - MINUTE)
    expect(server.requests).toHaveLength(1)
    await clock.pass(MINUTE)
    expect(server.requests).toHaveLength(2)
  })

  test('checks immediately when checks are turned on while it is running', async () => {
    const { server, office, switchOn } = await officeWithFeed()
    await office.engine.start()
    await switchOn()
    await expect.poll(() => office.lastEvent('updates.changed')?.release?.version).toBe('1.2.0')
    expect(server.requests).toHaveLength(1)
  })

  test('does not check again after a restart on the same day, and still knows the result', async () => {
    const { server, clock, office } = await checkingOffice()
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

  test('tries a failed check again after 1, 2 and 4 hours, and checks again a day after a successful check', async () => {
    const { server, clock, office } = await checkingOffice()
    server.respond = (response) => void response.writeHead(503).end()
    const countAfter = async (ms: number) => {
      await skip(clock, ms)
      return server.requests.length
    }
    expect(await countAfter(2 * MINUTE)).toBe(1)
    expect(await countAfter(57 * MINUTE)).toBe(1)
    expect(await countAfter(3 * MINUTE)).toBe(2)
    expect(await countAfter(2 * HOUR - 4 * MINUTE)).toBe(2)
    expect(await countAfter(4 * MINUTE)).toBe(3)
    server.respondWith({})
    expect(await countAfter(4 * HOUR)).toBe(4)
    expect(office.lastEvent('updates.changed')).toMatchObject({ release: { version: '1.2.0' }, lastCheck: { failure: null } })
    expect(await countAfter(DAY - HOUR)).toBe(4)
    expect(await countAfter(HOUR + MINUTE)).toBe(5)
  })

  test('does not wait longer because a person tries repeatedly', async () => {
    const { server, clock, checkNow } = await checkingOffice()
    server.respond = (response) => void response.writeHead(503).end()
    await clock.pass(2 * MINUTE)
    for (let time = 0; time < 5; time++) await checkNow()
    const before = server.requests.length
    await clock.pass(HOUR + 30 * MINUTE)
    expect(server.requests).toHaveLength(before + 1)
  })

  test('continues after the computer slept or the clock was set back', async () => {
    const { server, clock } = await checkingOffice()
    await clock.pass(2 * MINUTE)
    clock.jump(3 * DAY)
    await clock.pass(HOUR)
    expect(server.requests).toHaveLength(2)
    clock.jump(-300 * DAY)
    await clock.pass(HOUR)
    expect(server.requests).toHaveLength(3)
  })
})

describe('Not Now', () => {
  test('hides that version from everyone until a newer one is available, even after a restart', async () => {
    const { server, office, switchOn, checkNow } = await officeWithFeed()
    await switchOn()
    await checkNow()
    expect(await office.command('updates.hide', { version: '1.2.0' })).toMatchObject({ hiddenFrom: ['operator', 'administrator'] })
    await office.restart()
    expect(await checkNow()).toMatchObject({ release: { version: '1.2.0' }, hiddenFrom: ['operator', 'administrator'] })
    server.respondWith({ version: '1.2.0-rc.1' })
    expect(await checkNow()).toMatchObject({ release: { version: '1.2.0-rc.1' }, hiddenFrom: ['operator', 'administrator'] })
    server.respondWith({ version: '1.10.0' })
    expect(await checkNow()).toMatchObject({ release: { version: '1.10.0' }, hiddenFrom: [] })
  })

  test('by an operator does not hide the version from administrators, who would install it', async () => {
    const { office, switchOn, checkNow } = await officeWithFeed()
    await switchOn()
    await checkNow()
    expect(await office.command('updates.hide', { version: '1.2.0' }, 'operator')).toMatchObject({ hiddenFrom: ['operator'] })
    expect(office.lastEvent('updates.changed')).toMatchObject({ hiddenFrom: ['operator'] })
  })

  test('for a version other than the published one changes nothing', async () => {
    const { office, switchOn, checkNow } = await officeWithFeed()
    await switchOn()
    await checkNow()
    expect(await office.command('updates.hide', { version: '999.0.0' })).toMatchObject({ hiddenFrom: [] })
  })
})

test('after the newer version is installed, nothing is published any longer', async () => {
  const { office, switchOn, checkNow } = await officeWithFeed()
  await switchOn()
  await checkNow()
  await office.restart({ version: '1.2.0' })
  expect(await office.command('updates.get', {})).toMatchObject({ version: '1.2.0', release: null, lastCheck: { failure: null } })
})

test('the doctor reports the known version, makes no request, and finds no problem', async () => {
  const { server, office, switchOn, checkNow } = await officeWithFeed()
  const doctor = async () => {
    const { workspace: workspaceFolder, clock } = office
    const findings = await examine({ workspaceFolder, version: '0.9.0', now: clock.now(), isProgramResponding: async () => true })
    return findings.find(({ check }) => check === 'Newer version')
  }
  expect(await doctor()).toMatchObject({ isOk: true, text: expect.stringContaining('is off') })
  await switchOn()
  expect(await doctor()).toMatchObject({ isOk: true, text: 'not checked yet' })
  await checkNow()
  expect(await doctor()).toMatchObject({ isOk: true, text: expect.stringContaining('1.2.0 is available') })
  server.respond = (response) => void response.writeHead(503).end()
  await checkNow()
  expect(await doctor()).toMatchObject({
    isOk: true,
    text: expect.stringMatching(/1\.2\.0 is available.*failed \(update-feed-refused\)/),
  })
  expect(server.requests).toHaveLength(2)
})

test('a page on another origin is never shown, even if it is in the database', async () => {
  const { office, switchOn, checkNow } = await officeWithFeed()
  await switchOn()
  await checkNow()
  office.tamper(`update setting set value = replace(value, '/ledgerdrop"', '@evil.example/"') where name = 'updateLook'`)
  expect((await office.command('updates.get', {})).release).toBeNull()
})
