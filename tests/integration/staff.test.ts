import { describe, expect, test } from 'vitest'
import type { Secrets } from '../../src-main/engine/engine'
import { COMMANDS, type CommandInput, type CommandName, type CommandOutput, type Role } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import type { ManualClock } from '../support/manual-clock'
import { numberedOrder, Office, STORE } from '../support/office'

const PASSWORD = 'correct horse'
const MINUTE = 60_000

/** The key store of an operating system user. It cannot open what other users have sealed. */
function keyStoreOf(user: string): Secrets {
  const prefix = `${user}:`
  return {
    unavailableReason: async () => null,
    seal: async (text) => prefix + [...text].reverse().join(''),
    open: async (sealed) => (sealed.startsWith(prefix) ? [...sealed.slice(prefix.length)].reverse().join('') : null),
  }
}

/** An office with staff members, used through its window. */
class StaffedOffice {
  private constructor(readonly office: Office) {}

  static async open(options: { secrets?: Secrets; folder?: string; clock?: ManualClock } = {}): Promise<StaffedOffice> {
    const { secrets, ...rest } = options
    const office = await Office.open({ ...rest, ...(secrets === undefined ? {} : { mail: { secrets } }) })
    const staffed = new StaffedOffice(office)
    await staffed.command('staff.createFirst', { name: 'Ann', password: PASSWORD })
    await staffed.command('staff.add', { name: 'Otto', role: 'operator', password: PASSWORD })
    await staffed.command('staff.add', { name: 'Vera', role: 'viewer', password: PASSWORD })
    return staffed
  }

  async command<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandOutput<Name>> {
    const result = await this.office.engine.executeForWindow(name, input)
    if (!result.ok) throw new Error(`${name} was refused: ${result.error.code}: ${result.error.message}`)
    return result.value as CommandOutput<Name>
  }

  async refusal<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<Failure> {
    const result = await this.office.engine.executeForWindow(name, input)
    if (result.ok) throw new Error(`${name} was not refused`)
    return result.error
  }

  signIn(name: string, password = PASSWORD, isKept = false) {
    return this.command('session.signIn', { name, password, isKept })
  }

  /** Enters wrong passwords, one after another, and returns the failures. */
  async guess(name: string, times: number): Promise<Failure[]> {
    const answers: Failure[] = []
    for (let n = 0; n < times; n++) answers.push(await this.refusal('session.signIn', { name, password: `guess ${n}` }))
    return answers
  }

  /** The input of `staff.change` for a member, with the given change. */
  async changeInput(name: string, change: { role?: Role; isActive?: boolean; name?: string }) {
    const { members } = await this.office.command('staff.list', {})
    const member = members.find((candidate) => candidate.name === name)
    if (member === undefined) throw new Error(`There is no ${name}`)
    const { id, role, isActive } = member
    return { id, name, role, isActive, ...change }
  }
}

const commandNames = Object.keys(COMMANDS) as CommandName[]
const withSession = commandNames.filter((name) => (COMMANDS[name].role as string) !== 'anyone')

describe('without staff members', () => {
  test('the operating system user may do everything, under their own name', async () => {
    const office = await Office.open()
    expect(await office.engine.executeForWindow('session.get', {})).toEqual({
      ok: true,
      value: { state: 'open', name: 'Office', role: 'administrator', allowed: commandNames },
    })
    expect(office.engine.canWindowSeeOrders).toBe(true)
  })

  test('the first member becomes administrator and is signed in; creating another first member is refused', async () => {
    const { office } = await StaffedOffice.open()
    expect(await office.refusal('staff.createFirst', { name: 'Eve', password: PASSWORD })).toMatchObject({ code: 'staff-exists' })
    expect((await office.command('staff.list', {})).members.map(({ name, role }) => [name, role])).toEqual([
      ['Ann', 'administrator'],
      ['Otto', 'operator'],
      ['Vera', 'viewer'],
    ])
  })
})

describe('the engine refuses, whatever the window shows', () => {
  test('every command while nobody is signed in and while the window is locked', async () => {
    const staffed = await StaffedOffice.open()
    await staffed.command('session.lock', {})
    for (const name of withSession) expect((await staffed.refusal(name, {} as never)).code, name).toBe('locked')
    await staffed.command('session.signOut', {})
    for (const name of withSession) expect((await staffed.refusal(name, {} as never)).code, name).toBe('signed-out')
    expect(staffed.office.engine.canWindowSeeOrders).toBe(false)
  })

  test.for([
    ['Vera', ['viewer']],
    ['Otto', ['viewer', 'operator']],
    ['Ann', ['viewer', 'operator', 'administrator']],
  ] as const)('commands outside the role of %s, command by command', async ([name, allowed]) => {
    const staffed = await StaffedOffice.open()
    const session = await staffed.signIn(name)
    for (const command of withSession) {
      const { code } = await staffed.refusal(command, { no: 'such input' } as never)
      const isAllowed = (allowed as readonly string[]).includes(COMMANDS[command].role)
      expect([command, code]).toEqual([command, isAllowed ? 'bad-input' : 'not-allowed'])
      expect([command, session.allowed.includes(command)]).toEqual([command, isAllowed])
    }
  })

  test('a session from the moment its idle time is over, without a message from the page', async () => {
    const staffed = await StaffedOffice.open()
    const { clock } = staffed.office
    clock.advance(14 * MINUTE)
    await staffed.command('orders.list', {})
    await staffed.command('session.touch', {})
    clock.advance(15 * MINUTE - 1)
    // Commands don't show that a person is present, because a page sends some automatically.
    await staffed.command('orders.list', {})
    clock.advance(1)
    expect(staffed.office.engine.canWindowSeeOrders).toBe(false)
    expect(await staffed.refusal('orders.list', {})).toMatchObject({ code: 'locked' })
    expect(await staffed.refusal('session.touch', {})).toMatchObject({ code: 'locked' })
    expect(await staffed.command('session.get', {})).toMatchObject({ state: 'locked', name: 'Ann', role: 'administrator' })
    expect(await staffed.refusal('session.unlock', { password: 'wrong' })).toMatchObject({ code: 'sign-in-refused' })
    await staffed.command('session.unlock', { password: PASSWORD })
    await staffed.command('orders.list', {})
  })

  test('a session after the clock was set back', async () => {
    const staffed = await StaffedOffice.open()
    staffed.office.clock.jump(-3_600_000)
    expect(await staffed.refusal('orders.list', {})).toMatchObject({ code: 'locked' })
  })

  test('nothing because of idle time if the idle lock is turned off', async () => {
    const staffed = await StaffedOffice.open()
    expect(await staffed.command('staff.setIdleLock', { idleMinutes: null })).toMatchObject({ idleMinutes: null })
    staffed.office.clock.advance(40 * 60 * MINUTE)
    await staffed.command('orders.list', {})
    await staffed.command('staff.setIdleLock', { idleMinutes: 1 })
    expect(await staffed.refusal('orders.list', {})).toMatchObject({ code: 'locked' })
  })

  test('a deactivated member immediately, and a member with a lower role immediately', async () => {
    const staffed = await StaffedOffice.open()
    await staffed.signIn('Otto')
    await staffed.office.command('staff.change', await staffed.changeInput('Otto', { role: 'viewer' }))
    expect(await staffed.refusal('sync.runNow', {})).toMatchObject({ code: 'not-allowed' })
    await staffed.office.command('staff.change', await staffed.changeInput('Otto', { isActive: false }))
    expect(await staffed.refusal('orders.list', {})).toMatchObject({ code: 'signed-out' })
    expect(staffed.office.lastEvent('session.changed')).toMatchObject({ state: 'signed out' })
    expect(await staffed.refusal('session.signIn', { name: 'Otto', password: PASSWORD })).toMatchObject({ code: 'sign-in-refused' })
  })
})

describe('the window receives', () => {
  test('the lock event at the moment the window is locked', async () => {
    const staffed = await StaffedOffice.open()
    staffed.office.clock.advance(15 * MINUTE)
    await expect.poll(() => staffed.office.lastEvent('session.changed')).toMatchObject({ state: 'locked', name: 'Ann' })
  })

  test('other events only while somebody is signed in', async () => {
    const staffed = await StaffedOffice.open()
    expect(staffed.office.engine.canWindowSeeOrders).toBe(true)
    await staffed.command('session.lock', {})
    expect(staffed.office.engine.canWindowSeeOrders).toBe(false)
    // Syncing continues behind the lock.
    const [order] = await staffed.office.readOrders(numberedOrder(1))
    expect(order).toMatchObject({ number: 'W0001' })
    await staffed.command('session.unlock', { password: PASSWORD })
    expect(staffed.office.engine.canWindowSeeOrders).toBe(true)
  })
})

describe('passwords', () => {
  test('a wrong password and an unknown name get the same answer', async () => {
    const staffed = await StaffedOffice.open()
    await staffed.command('session.signOut', {})
    const [wrong, unknown, empty] = [
      (await staffed.guess('Ann', 5)).map(({ code, message, remedy }) => [code, message, remedy]),
      (await staffed.guess('Nobody', 5)).map(({ code, message, remedy }) => [code, message, remedy]),
      await staffed.refusal('session.signIn', { name: '', password: '' }),
    ]
    expect(wrong).toEqual(unknown)
    expect(empty).toMatchObject({ code: 'sign-in-refused' })
  })

  test('must have at least 8 characters; long ones and any letters are accepted', async () => {
    const staffed = await StaffedOffice.open()
    expect(await staffed.refusal('staff.add', { name: 'Ida', role: 'viewer', password: '1234567' })).toMatchObject({
      code: 'password-too-short',
      message: expect.stringContaining('8 characters'),
    })
    const long = 'Käse 🧀 '.repeat(40)
    await staffed.command('staff.add', { name: 'Ida', role: 'viewer', password: long })
    // The same letters in another Unicode form, as another keyboard may produce them.
    expect(await staffed.signIn('ida', long.normalize('NFD'))).toMatchObject({ state: 'signed in', name: 'Ida', role: 'viewer' })
  })

  test('never appear in the database, the log or an event', async () => {
    const staffed = await StaffedOffice.open({ secrets: keyStoreOf('ann') })
    await staffed.command('session.changePassword', { current: PASSWORD, password: 'another secret' })
    await staffed.refusal('session.changePassword', { current: PASSWORD, password: 'third secret' })
    const { office } = staffed
    const seen = JSON.stringify([
      office.logged,
      office.events,
      office.query('select * from staffMember'),
      await staffed.command('staff.list', {}),
    ])
    for (const secret of [PASSWORD, 'another secret', 'third secret']) expect(seen).not.toContain(secret)
    expect(office.query<{ passwordHash: string }>('select passwordHash from staffMember')[0]?.passwordHash).toMatch(
      /^scrypt\$32768\$8\$3\$/,
    )
    expect(seen.match(/scrypt/g)).toHaveLength(3)
    await staffed.signIn('Ann', 'another secret')
  })
})

describe('wrong passwords', () => {
  test('cause increasing delays, which the failure names', async () => {
    const staffed = await StaffedOffice.open()
    const { clock } = staffed.office
    expect((await staffed.guess('Ann', 3)).map(({ code }) => code)).toEqual(Array(3).fill('sign-in-refused'))
    const waits: string[] = []
    for (const seconds of [5, 15, 30, 60, 120, 300, 900, 900]) {
      // The right password doesn't help during the delay, and trying it doesn't make the delay longer.
      const { code, remedy } = await staffed.refusal('session.signIn', { name: 'Ann', password: PASSWORD })
      expect(code).toBe('sign-in-delayed')
      waits.push(remedy)
      clock.advance(seconds * 1000)
      if (waits.length < 8) expect((await staffed.guess('ANN ', 1))[0]).toMatchObject({ code: 'sign-in-refused' })
    }
    expect(waits).toEqual(
      ['5 seconds', '15 seconds', '30 seconds', '60 seconds', '2 minutes', '5 minutes', '15 minutes', '15 minutes'].map(
        (wait) => `Try again in ${wait}.`,
      ),
    )
    await staffed.signIn('Ann')
    expect((await staffed.guess('Ann', 1))[0]).toMatchObject({ code: 'sign-in-refused' })
  })

  test('are remembered after a restart, and forgotten after a day', async () => {
    const staffed = await StaffedOffice.open()
    await staffed.guess('Ann', 3)
    await staffed.office.restart()
    expect(await staffed.refusal('session.signIn', { name: 'Ann', password: PASSWORD })).toMatchObject({ code: 'sign-in-delayed' })
    staffed.office.clock.advance(25 * 60 * MINUTE)
    expect((await staffed.guess('Ann', 2)).map(({ code }) => code)).toEqual(['sign-in-refused', 'sign-in-refused'])
    await staffed.signIn('Ann')
  })

  test('entered at the same time are counted one by one', async () => {
    const staffed = await StaffedOffice.open()
    const attempts = Array.from({ length: 8 }, (_, n) => staffed.refusal('session.signIn', { name: 'Ann', password: `guess ${n}` }))
    const codes = (await Promise.all(attempts)).map(({ code }) => code)
    expect(codes.filter((code) => code === 'sign-in-refused')).toHaveLength(3)
    expect(codes.filter((code) => code === 'sign-in-delayed')).toHaveLength(5)
  })

  test('also count when unlocking and when changing the password', async () => {
    const staffed = await StaffedOffice.open()
    for (const password of ['a', 'b']) await staffed.refusal('session.changePassword', { current: password, password: PASSWORD })
    await staffed.command('session.lock', {})
    await staffed.refusal('session.unlock', { password: 'c' })
    expect(await staffed.refusal('session.unlock', { password: PASSWORD })).toMatchObject({ code: 'sign-in-delayed' })
  })
})

describe('staff', () => {
  test('the last administrator can neither be deactivated nor get a lower role', async () => {
    const staffed = await StaffedOffice.open()
    for (const change of [{ isActive: false }, { role: 'operator' as const }]) {
      expect(await staffed.refusal('staff.change', await staffed.changeInput('Ann', change))).toMatchObject({ code: 'last-administrator' })
    }
    await staffed.command('staff.change', await staffed.changeInput('Otto', { role: 'administrator' }))
    await staffed.command('staff.change', await staffed.changeInput('Ann', { isActive: false }))
    expect(await staffed.refusal('staff.list', {})).toMatchObject({ code: 'signed-out' })
    await staffed.signIn('Otto')
    expect(await staffed.refusal('staff.change', await staffed.changeInput('Otto', { role: 'viewer' }))).toMatchObject({
      code: 'last-administrator',
    })
  })

  test('names are unique regardless of letter case, and the name of the sync is reserved', async () => {
    const staffed = await StaffedOffice.open()
    expect(await staffed.refusal('staff.add', { name: ' ANN ', role: 'viewer', password: PASSWORD })).toMatchObject({ code: 'name-taken' })
    expect(await staffed.refusal('staff.add', { name: 'sync', role: 'viewer', password: PASSWORD })).toMatchObject({
      code: 'name-reserved',
    })
    expect(await staffed.refusal('staff.change', await staffed.changeInput('Otto', { name: 'vera' }))).toMatchObject({ code: 'name-taken' })
    await staffed.command('staff.change', await staffed.changeInput('Otto', { name: 'OTTO' }))
  })

  test('actions are recorded under the person’s name', async () => {
    const staffed = await StaffedOffice.open()
    const { office } = staffed
    await office.readOrders(numberedOrder(1))
    await staffed.signIn('Otto')
    const { id } = await staffed.command('orders.find', { number: 'W0001' })
    const changed = await staffed.command('orders.changeStatus', { orderId: id, status: 'On Hold', comments: 'Wait.' })
    expect(changed.timeline.filter(({ kind }) => kind !== 'received').map(({ actor }) => actor)).toEqual(expect.arrayContaining(['Otto']))
    await staffed.signIn('Ann')
    const { id: destinationId } = await office.destination()
    const testOrder = await staffed.command('settings.sendTestOrder', { destinationId })
    expect(testOrder.timeline.map(({ actor }) => actor)).toEqual(['Ann'])
    const [source] = (await staffed.command('settings.get', {})).sources
    if (source === undefined) throw new Error('No source')
    await staffed.command('settings.saveSource', { ...source, name: STORE })
    expect(office.logged).toContain('Ann: settings.saveSource')
  })
})

describe('a kept sign-in', () => {
  test('needs no password after a restart, but the idle lock still applies', async () => {
    const staffed = await StaffedOffice.open({ secrets: keyStoreOf('ann') })
    await staffed.signIn('Otto', PASSWORD, true)
    const [kept] = staffed.office.query<{ tokenHash: string; sealedToken: string }>('select * from keptSignIn')
    expect(kept?.tokenHash).toMatch(/^[0-9a-f]{64}$/)
    await staffed.office.restart()
    expect(staffed.office.engine.canWindowSeeOrders).toBe(false)
    expect(await staffed.command('session.get', {})).toMatchObject({ state: 'signed in', name: 'Otto', role: 'operator' })
    await staffed.command('orders.list', {})
    expect(await staffed.refusal('staff.list', {})).toMatchObject({ code: 'not-allowed' })
    staffed.office.clock.advance(15 * MINUTE)
    expect(await staffed.refusal('orders.list', {})).toMatchObject({ code: 'locked' })
  })

  test.for([
    ['sign-out', (staffed: StaffedOffice) => staffed.command('session.signOut', {})],
    [
      'a change of password',
      (staffed: StaffedOffice) => staffed.command('session.changePassword', { current: PASSWORD, password: 'new password' }),
    ],
    [
      'a password set by an administrator',
      async ({ office }: StaffedOffice) => {
        const { members } = await office.command('staff.list', {})
        await office.command('staff.setPassword', { id: members.find(({ name }) => name === 'Otto')?.id ?? 0, password: 'new password' })
      },
    ],
    [
      'deactivation',
      async (staffed: StaffedOffice) => staffed.office.command('staff.change', await staffed.changeInput('Otto', { isActive: false })),
    ],
    ["another person's sign-in", (staffed: StaffedOffice) => staffed.signIn('Ann')],
  ] as const)('ends with %s', async ([, end]) => {
    const staffed = await StaffedOffice.open({ secrets: keyStoreOf('ann') })
    await staffed.signIn('Otto', PASSWORD, true)
    await end(staffed)
    expect(staffed.office.query('select * from keptSignIn')).toEqual([])
    await staffed.office.restart()
    expect(await staffed.command('session.get', {})).toMatchObject({ state: 'signed out' })
  })

  test('works only for the same user of the same computer, and not without a key store', async () => {
    let keyStore = keyStoreOf('ann')
    const secrets: Secrets = {
      unavailableReason: () => keyStore.unavailableReason(),
      seal: (text) => keyStore.seal(text),
      open: (sealed) => keyStore.open(sealed),
    }
    const staffed = await StaffedOffice.open({ secrets })
    await staffed.signIn('Otto', PASSWORD, true)
    keyStore = keyStoreOf('eve')
    await staffed.office.restart()
    expect(await staffed.command('session.get', {})).toMatchObject({ state: 'signed out' })

    const without = await StaffedOffice.open()
    expect(await without.command('session.whyNotKept', {})).toEqual({ reason: expect.stringContaining('safe place') })
    expect(await without.signIn('Otto', PASSWORD, true)).toMatchObject({ state: 'signed in' })
    expect(without.office.query('select * from keptSignIn')).toEqual([])
  })

  test('with a forged token is refused', async () => {
    const staffed = await StaffedOffice.open({ secrets: keyStoreOf('ann') })
    await staffed.signIn('Otto', PASSWORD, true)
    staffed.office.tamper(`update keptSignIn set sealedToken = 'ann:forged'`)
    await staffed.office.restart()
    expect(await staffed.command('session.get', {})).toMatchObject({ state: 'signed out' })
  })
})
