import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Access, COMMANDS, type CommandName, type CommandOutput, type OrderCursor, ROLES } from '../../src-shared/contract/contract'
import { numberedOrder, Office, PACKAGE, type PublishedEvent } from '../support/office'
import { arbitraryText, sampleLine } from '../support/orders'

const ANN = { actor: 'Ann', role: 'administrator' } as const
const names = Object.keys(COMMANDS) as CommandName[]

describe('every command answers any input with a result envelope', () => {
  test('unknown commands', async () => {
    const office = await Office.openUnconfigured()
    for (const name of ['', 'orders', 'orders.delete', '__proto__', 'constructor', 'toString', 'x'.repeat(100_000)]) {
      expect(await office.engine.execute(name, {}, ANN)).toMatchObject({ ok: false, error: { code: 'unknown-command' } })
    }
    for (const name of [null, undefined, 42, {}, [], Symbol('s')]) {
      expect(await office.engine.execute(name as unknown as string, {}, ANN)).toMatchObject({
        ok: false,
        error: { code: 'unknown-command' },
      })
    }
  })

  test.for(names)('%s with any input', async (name) => {
    const office = await Office.openUnconfigured()
    const inputs: unknown[] = [
      undefined,
      null,
      42,
      'text',
      [],
      { surprise: 1 },
      { orderId: '1' },
      { orderId: -1 },
      { orderId: 1.5 },
      new Date(),
      () => 1,
    ]
    const hostile = {
      get orderId(): number {
        throw new Error('a trap')
      },
    }
    for (const input of [
      ...inputs,
      hostile,
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('a trap')
          },
        },
      ),
    ]) {
      const result = await office.engine.execute(name, input, ANN)
      if (result.ok) continue
      expect(result.error).toEqual({ code: expect.stringMatching(/^[a-z-]+$/), message: expect.any(String), remedy: expect.any(String) })
    }
  })

  test('bad input is reported by field', async () => {
    const office = await Office.openUnconfigured()
    expect(await office.engine.execute('orders.list', { limit: 5000, filter: { status: 'Lost' } }, ANN)).toMatchObject({
      ok: false,
      error: { code: 'bad-input', message: expect.stringMatching(/filter\.status: .*limit: /s) },
    })
    expect(await office.refusal('sync.setSchedule', { task: 'Write Order', schedule: { kind: 'every', minutes: 0 } })).toMatchObject({
      code: 'bad-input',
    })
    expect(await office.refusal('orders.list', { filter: { from: 'yesterday' } })).toMatchObject({ code: 'bad-input' })
  })

  test('a fault in the program is reported and logged, and the program continues', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    office.tamper('drop table timeline; create table timeline (id integer)')
    const [order] = (await office.command('orders.list', {})).rows
    const refusal = await office.refusal('orders.get', { orderId: order?.id ?? 1 })
    expect(['internal-error', 'order-missing']).toContain(refusal.code)
    office.tamper('alter table orders rename to gone')
    const fault = await office.refusal('orders.list', {})
    expect(fault).toMatchObject({
      code: 'internal-error',
      message: expect.stringMatching(/^Something went wrong .*\(fault [0-9a-f]{8}\)\.$/),
    })
    expect(JSON.stringify(fault)).not.toMatch(/table|sqlite|select/i)
    const [number = 'none'] = /[0-9a-f]{8}/.exec(fault.message) ?? []
    expect(fault.remedy).toContain(number)
    expect(office.logged.filter((line) => line.includes(number))).toEqual([expect.stringMatching(/^orders\.list failed .*no such table/)])
    expect(await office.command('app.about', {})).toMatchObject({ version: '0.0.0-test', workspace: office.workspace })
  })
})

describe('roles', () => {
  test.for(names.flatMap((name) => ROLES.map((role) => ({ name, role }))))('$name as $role', async ({ name, role }) => {
    const office = await Office.openUnconfigured()
    const result = await office.engine.execute(name, { no: 'such input' }, { actor: 'Ann', role })
    const requiredRole: Access = COMMANDS[name].role
    const hasAccess = requiredRole === 'anyone' || ROLES.indexOf(role) >= ROLES.indexOf(requiredRole)
    expect(result).toMatchObject({ ok: false, error: { code: hasAccess ? 'bad-input' : 'not-allowed' } })
  })

  test('an unknown role is not allowed to do anything', async () => {
    const office = await Office.openUnconfigured()
    expect(await office.engine.execute('orders.list', {}, { actor: 'Eve', role: 'root' as 'viewer' })).toMatchObject({
      error: { code: 'not-allowed' },
    })
  })
})

describe('events', () => {
  test('contain only committed data, as seen from another connection', async () => {
    const seen: PublishedEvent[] = []
    const office: Office = await Office.open({
      onEvent: (published) => {
        if (published.name === 'orders.changed') {
          const ids = published.event.rows.map((row) => row.id).sort((a, b) => a - b)
          const rows = office.query(`select id, status, syncState, revision from orders where id in (${ids.join()}) order by id`)
          const publishedRows = published.event.rows
            .map(({ id, status, syncState, revision }) => ({ id, status, syncState, revision }))
            .sort((a, b) => a.id - b.id)
          expect(rows).toEqual(publishedRows)
          seen.push(published)
        } else if (published.name === 'runs.changed') {
          const { id, outcome, doneCount } = published.event.run
          expect(office.query(`select id, outcome, doneCount from run where id = ?`, id)).toEqual([{ id, outcome, doneCount }])
          seen.push(published)
        }
      },
    })
    const [order] = await office.readOrders(numberedOrder(1), numberedOrder(2))
    await office.command('orders.changeStatus', { orderId: order?.id ?? 0, status: 'On Hold' })
    await office.run('Write Order')
    expect(seen.filter(({ name }) => name === 'orders.changed')).toHaveLength(3)
    expect(seen.filter(({ name }) => name === 'runs.changed')).toHaveLength(4)
  })

  test('a reader on a second connection is never blocked and does not block the engine', async () => {
    const office = await Office.open()
    const sqlite = new SqliteDatabase(office.databaseFile, { readonly: true })
    sqlite.exec('begin')
    expect(sqlite.prepare('select count(*) from orders').pluck().get()).toBe(0)
    await office.readOrders(numberedOrder(1))
    await office.run('Write Order')
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent' })
    expect(sqlite.prepare('select count(*) from orders').pluck().get()).toBe(0)
    sqlite.close()
  })
})

describe('View Orders', () => {
  test('lists everything once across pages, newest first, even if times are equal', async () => {
    const office = await Office.open()
    const at = '2026-04-03T00:00:00.000Z'
    await office.readOrders(...Array.from({ length: 23 }, (_, index) => numberedOrder(index, index % 3 === 0 ? { orderedAt: at } : {})))
    const found: string[] = []
    let after: OrderCursor | null = null
    do {
      const page: CommandOutput<'orders.list'> = await office.command('orders.list', { after, limit: 4 })
      expect(page.rows.length).toBeLessThanOrEqual(4)
      found.push(...page.rows.map((row) => row.number))
      after = page.next
    } while (after !== null)
    expect(found).toHaveLength(23)
    expect(new Set(found).size).toBe(23)
    expect(found[0]).toBe('W0022')
  })

  test.for([
    ['W0002', ['W0002']],
    ['w0002', ['W0002']],
    ['müller', ['W0002']],
    ['muller', ['W0002']],
    ['MÜLL', ['W0002']],
    ['erika@shop', ['W0002']],
    ['hammer', ['W0002']],
    ['sku-9', ['W0002']],
    ['hammer müller', ['W0002']],
    ['hammer jane', ['W0002']],
    ['hammer joan', []],
    ['ｗ０００２', ['W0002']],
    ['mu\u0308ller', ['W0002']],
    ['W00', ['W0002', 'W0001']],
    ['"W0002"', ['W0002']],
    ['W0002 OR W0001', []],
    ['北', ['W0002']],
    ['*', []],
    ['   ', ['W0002', 'W0001']],
    ['北京', ['W0002']],
  ] as const)('search for %j finds %j', async ([search, expected]) => {
    const office = await Office.open()
    const erika = { ...numberedOrder(2).customer, name: 'Erika Müller', email: 'erika@shop.example', company: '北京公司' }
    const lines = [sampleLine({ sku: 'SKU-9', name: 'Hammer 北京' })]
    await office.readOrders(numberedOrder(1), numberedOrder(2, { customer: erika, lines, totalMinor: 4450 }))
    const { rows } = await office.command('orders.list', { filter: { search } })
    expect(rows.map((row) => row.number)).toEqual(expected)
  })

  test('every search text is accepted without an error', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await fc.assert(
      fc.asyncProperty(fc.oneof(arbitraryText(40), fc.string({ unit: 'grapheme', maxLength: 30 })), async (search) => {
        const result = await office.engine.execute('orders.list', { filter: { search } }, ANN)
        expect(result).toMatchObject({ ok: true })
      }),
      { numRuns: 500, examples: [['\u{1e900}\u{1e922}a'], ['a\u{1e900}b'], ['\u{10ec2}\u{1dfa}x'], ['é'], ['a"b'], ['NEAR(a b)'], ['-a']] },
    )
  })

  test('filters by status, sync state, source and time', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1), numberedOrder(2), numberedOrder(3, { status: 'On Hold' }))
    await office.command('orders.changeStatus', { orderId: (await office.order('W0002')).id, status: 'Cancelled' })
    await office.run('Write Order')
    const { sources } = await office.command('settings.get', {})
    const found = async (filter: Parameters<typeof office.command<'orders.list'>>[1]['filter']) =>
      (await office.command('orders.list', { filter })).rows.map((row) => row.number)
    expect(await found({ status: 'On Hold' })).toEqual(['W0003'])
    expect(await found({ syncState: 'sent' })).toEqual(['W0001'])
    expect(await found({ sourceId: sources[0]?.id })).toHaveLength(3)
    expect(await found({ sourceId: 4711 })).toEqual([])
    expect(await found({ from: '2026-04-03T00:02:00.000Z' })).toEqual(['W0003', 'W0002'])
    expect(await found({ to: '2026-04-03T00:02:00.000Z' })).toEqual(['W0001'])
    expect(await found({ syncState: 'waiting', status: 'Cancelled', search: 'W0002' })).toEqual(['W0002'])
  })
})

describe('Sync Settings', () => {
  test('the first destination is the default, and there is always exactly one default', async () => {
    const office = await Office.openUnconfigured()
    const first = await office.addDestination('First', 'ubl-order')
    expect(first.isDefault).toBe(true)
    const second = await office.addDestination('Second', 'attache-kfi')
    expect(second.isDefault).toBe(false)
    await office.command('settings.saveDestination', {
      id: second.id,
      name: 'Second',
      profile: 'attache-kfi',
      folder: second.folder,
      isDefault: true,
    })
    await office.command('settings.saveDestination', {
      id: second.id,
      name: 'Second',
      profile: 'attache-kfi',
      folder: second.folder,
      isDefault: false,
    })
    const { destinations } = await office.command('settings.get', {})
    expect(destinations.map((destination) => [destination.name, destination.isDefault])).toEqual([
      ['First', false],
      ['Second', true],
    ])
    expect(office.lastEvent('settings.changed')?.destinations).toEqual(destinations)
  })

  test('names must be unique, and unknown ids are refused', async () => {
    const office = await Office.open()
    await office.addDestination('Second', 'ubl-order')
    const base = { profile: 'ubl-order' as const, folder: office.dropFolder(), isDefault: false }
    expect(await office.refusal('settings.saveDestination', { ...base, name: PACKAGE })).toMatchObject({ code: 'name-taken' })
    expect(await office.refusal('settings.saveDestination', { ...base, name: 'X', id: 4711 })).toMatchObject({
      code: 'destination-missing',
    })
    const { id: destinationId } = await office.destination()
    const source = { folder: join(office.folder, 'other'), destinationId }
    expect(await office.refusal('settings.saveSource', { ...source, name: 'Store' })).toMatchObject({ code: 'name-taken' })
    expect(await office.refusal('settings.saveSource', { ...source, name: 'X', id: 4711 })).toMatchObject({ code: 'source-missing' })
    expect(await office.refusal('settings.saveSource', { ...source, name: 'X', destinationId: 4711 })).toMatchObject({
      code: 'destination-missing',
    })
  })

  test('invalid settings are refused', async () => {
    const office = await Office.open()
    const { id, name, profile, folder } = await office.destination()
    for (const settings of [null, 42, 'text', { surprise: true }, []]) {
      const result = await office.engine.execute('settings.saveDestination', { id, name, profile, folder, isDefault: true, settings }, ANN)
      expect(result).toMatchObject({ ok: false, error: { code: expect.not.stringMatching('internal-error') } })
    }
  })

  test('an intake folder that is a drop folder is refused, because written files would be read as orders', async () => {
    const office = await Office.open()
    const { id: destinationId } = await office.destination()
    expect(await office.refusal('settings.saveSource', { name: 'Loop', folder: `${office.dropFolder()}/`, destinationId })).toMatchObject({
      code: 'folder-in-use',
    })
    expect(
      await office.refusal('settings.saveDestination', {
        name: 'Loop',
        profile: 'ubl-order',
        folder: office.intakeFolder(),
        isDefault: false,
      }),
    ).toMatchObject({ code: 'folder-in-use' })
  })
})
