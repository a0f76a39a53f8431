import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn, numberedOrder, Office } from '../support/office'
import { sampleLine } from '../support/orders'

const customerWithoutCode = { code: '', storeId: '52', name: 'Jane Citizen', company: '', email: 'Jane@Example.com', phone: '' }

/** Opens an office whose accounting package exports its customer and product lists into two folders. */
async function officeWithLists(): Promise<{ office: Office; customers: string; products: string }> {
  const office = await Office.open()
  const customers = join(office.folder, 'customers')
  const products = join(office.folder, 'products')
  for (const folder of [customers, products]) mkdirSync(folder)
  await office.command('settings.saveCodeFolders', { customers, products })
  return { office, customers, products }
}

describe("the accounting package's lists", () => {
  test('an order whose email address is on the customer list gets that customer’s code, and the timeline says so', async () => {
    const { office, customers } = await officeWithLists()
    writeFileSync(
      join(customers, 'customers.csv'),
      'Code,Name,E-mail\r\nJANE01,Citizen Gardens,jane@example.com\r\nOTHER,Someone else,\r\n',
    )
    expect(await office.run('Read Customers')).toMatchObject({ outcome: 'done', summary: '2 customers read.' })
    expect(filesIn(join(customers, 'Done'))).toEqual(['customers.csv'])

    await office.readOrders(numberedOrder(1, { customer: customerWithoutCode }))
    await office.run('Write Order')
    expect(office.dropped()).toHaveLength(1)
    expect(office.dropped()[0]).toContain('<customercode>JANE01</customercode>')
    const order = await office.order('W0001')
    expect(order.syncState).toBe('sent')
    expect(order.timeline.find((entry) => entry.kind === 'delivery')?.details).toContain('JANE01')
  })

  test('an order whose customer id and email address have different codes fails', async () => {
    const office = await Office.open()
    await office.command('codes.save', { kind: 'customer', code: 'BYID', aliases: ['id:52'] })
    await office.command('codes.save', { kind: 'customer', code: 'BYMAIL', aliases: ['JANE@example.com'] })
    await office.readOrders(numberedOrder(1, { customer: customerWithoutCode }))
    await office.run('Write Order')
    expect((await office.order('W0001')).syncError?.code).toBe('customer-ambiguous')
    expect(office.files()).toEqual([])
  })

  test('a code entered by a person does not make other customers unknown; only a list does', async () => {
    const { office, customers } = await officeWithLists()
    await office.command('codes.save', { kind: 'customer', code: 'JANE01', aliases: ['jane@example.com'] })
    await office.readOrders(numberedOrder(1, { customer: { ...customerWithoutCode, code: 'OTHER' } }))
    await office.run('Write Order')
    expect((await office.order('W0001')).syncState).toBe('sent')

    writeFileSync(join(customers, 'customers.csv'), 'Code\r\nFROMLIST\r\n')
    await office.run('Read Customers')
    await office.readOrders(numberedOrder(2, { customer: { ...customerWithoutCode, code: 'OTHER' } }))
    await office.run('Write Order')
    expect((await office.order('W0002')).syncError?.code).toBe('customer-unknown')
  })

  test('an order with a code that is not on the list fails before anything is written; adding the code fixes it', async () => {
    const { office, products } = await officeWithLists()
    writeFileSync(join(products, 'stock.csv'), 'Item code;Description;SKU\nPROD-A;Hose;HOSE-15|HOSE-15-BLUE\nPROD-B;Pot;\n')
    await office.run('Read Products')
    const lines = [sampleLine({ sku: 'hose-15-blue' }), sampleLine({ sku: 'prod-b' }), sampleLine({ sku: 'NEW-1' })]
    await office.readOrders(numberedOrder(1, { lines }))
    await office.run('Write Order')
    const failed = await office.order('W0001')
    expect(failed).toMatchObject({ syncState: 'failed', syncError: { code: 'product-unknown' } })
    expect(failed.syncError?.message).toContain('NEW-1')
    expect(office.files()).toEqual([])

    await office.command('codes.save', { kind: 'product', code: 'NEW-1' })
    await office.command('orders.changeStatus', { orderId: failed.id, status: 'Pending' })
    await office.run('Write Order')
    const [file = ''] = office.dropped()
    expect([...file.matchAll(/<productcode>(.*?)<\/productcode>/g)].map((match) => match[1])).toEqual(['PROD-A', 'PROD-B', 'NEW-1'])
  })

  test('codes missing from a later list are marked as unlisted, and what people added to them is kept; a removed code is unknown again', async () => {
    const { office, customers } = await officeWithLists()
    const list = (text: string) => writeFileSync(join(customers, `${text.length}.csv`), text)
    list('code,name\nA1,First\nA2,Second\n')
    await office.run('Read Customers')
    await office.command('codes.save', { kind: 'customer', code: 'a1', name: 'First', aliases: ['first@example.com'] })
    list('code,name\nA1,First renamed\nA3,Third\n')
    await office.run('Read Customers')
    const { rows, total } = await office.command('codes.list', { kind: 'customer' })
    expect(total).toBe(3)
    expect(rows).toEqual([
      { code: 'A1', name: 'First renamed', aliases: ['first@example.com'], isListed: true, isByHand: false },
      { code: 'A2', name: 'Second', aliases: [], isListed: false, isByHand: false },
      { code: 'A3', name: 'Third', aliases: [], isListed: true, isByHand: false },
    ])
    expect((await office.command('codes.list', { kind: 'customer', search: 'FIRST@' })).rows.map((row) => row.code)).toEqual(['A1'])
    expect((await office.command('codes.list', { kind: 'customer', search: '%' })).rows).toEqual([])
    await office.command('codes.remove', { kind: 'customer', code: 'A1' })
    expect(await office.refusal('codes.remove', { kind: 'customer', code: 'A1' })).toMatchObject({ code: 'code-missing' })
  })

  test('a code entered by a person stays known until one list contains it and a later list lacks it', async () => {
    const { office, customers } = await officeWithLists()
    let count = 0
    const readList = async (...codes: string[]) => {
      count += 1
      writeFileSync(join(customers, `${count}.csv`), ['code', ...codes].join('\n'))
      await office.run('Read Customers')
    }
    const states = async () =>
      (await office.command('codes.list', { kind: 'customer' })).rows.map((row) => [row.code, row.isListed, row.isByHand])
    await readList('A1')
    await office.command('codes.save', { kind: 'customer', code: 'NEW' })
    await readList('A1', 'B1')
    expect(await states()).toEqual([
      ['A1', true, false],
      ['B1', true, false],
      ['NEW', true, true],
    ])
    await office.readOrders(numberedOrder(1, { customer: { ...customerWithoutCode, code: 'NEW' } }))
    await office.run('Write Order')
    expect((await office.order('W0001')).syncState).toBe('sent')

    await readList('NEW')
    await readList('B1')
    expect(await states()).toEqual([
      ['A1', false, false],
      ['B1', true, false],
      ['NEW', false, false],
    ])
    // By saving a code that the list lacks, a person confirms it.
    await office.command('codes.save', { kind: 'customer', code: 'NEW', name: 'Not closed' })
    await readList('B1')
    expect((await states())[2]).toEqual(['NEW', true, true])
  })

  test('a renamed code keeps its aliases; it cannot be renamed to an existing code, and the old code no longer exists to be renamed', async () => {
    const office = await Office.open()
    const save = (code: string, aliases: string[] = [], was?: string) =>
      office.command('codes.save', { kind: 'customer', code, aliases, ...(was === undefined ? {} : { was }) })
    await save('OLD', ['jane@example.com', 'id:52'])
    await save('OTHER')
    expect(await office.refusal('codes.save', { kind: 'customer', code: 'other', was: 'OLD' })).toMatchObject({ code: 'code-taken' })
    expect(await save('NEW', ['jane@example.com', 'id:52'], 'old')).toMatchObject({ code: 'NEW', aliases: ['id:52', 'jane@example.com'] })
    expect(await save('New', ['id:52'], 'NEW')).toMatchObject({ code: 'New', aliases: ['id:52'] })
    expect((await office.command('codes.list', { kind: 'customer' })).rows.map((row) => row.code)).toEqual(['New', 'OTHER'])
    expect(await office.refusal('codes.save', { kind: 'customer', code: 'X', was: 'OLD' })).toMatchObject({ code: 'code-missing' })
  })

  test('a removed code can be restored unchanged, except for aliases that another code has received since', async () => {
    const { office, customers } = await officeWithLists()
    writeFileSync(join(customers, 'list.csv'), 'code,name,email\nA1,First,a@example.com;b@example.com\nA2,Second,\n')
    await office.run('Read Customers')
    const removed = await office.command('codes.remove', { kind: 'customer', code: 'a1' })
    expect(removed).toEqual({ code: 'A1', name: 'First', aliases: ['a@example.com', 'b@example.com'], isListed: true, isByHand: false })
    await office.command('codes.save', { kind: 'customer', code: 'A2', aliases: ['b@example.com'] })
    const restored = await office.command('codes.restore', { kind: 'customer', ...removed })
    expect(restored).toEqual({ ...removed, aliases: ['a@example.com'] })
    expect(await office.refusal('codes.restore', { kind: 'customer', ...removed })).toMatchObject({ code: 'code-taken' })
  })

  test.for([
    ['without a column for the code', 'name,email\nJane,j@example.com\n', 'column-missing'],
    ['with a duplicate code', 'code\nA1\na1\n', 'code-twice'],
    ['with an empty code', 'code,name\n,Jane\n', 'code-missing'],
    ['without codes', 'code\n', 'list-empty'],
    ['with an unclosed quote', 'code,name\nA1,"Jane\n', 'not-csv'],
  ])('a list %s is rejected with the reason, and the codes stay unchanged', async ([, text = '', code = '']) => {
    const { office, customers } = await officeWithLists()
    await office.command('codes.save', { kind: 'customer', code: 'KEPT' })
    writeFileSync(join(customers, 'list.csv'), text)
    await office.run('Read Customers')
    expect(filesIn(join(customers, 'Rejected'))).toEqual(['list.csv', 'list.csv.error.txt'])
    const { problems } = await office.command('sync.problems', {})
    expect(problems.map((problem) => problem.failure.code)).toEqual([code])
    expect((await office.command('codes.list', { kind: 'customer' })).rows).toMatchObject([{ code: 'KEPT', isListed: true }])
  })

  test('each page continues where the previous one ended', async () => {
    const { office, customers } = await officeWithLists()
    const codes = Array.from({ length: 1203 }, (_, index) => `C${String(index).padStart(5, '0')}`)
    writeFileSync(join(customers, 'all.csv'), ['code', ...codes].join('\n'))
    await office.run('Read Customers')
    const seen: string[] = []
    for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
      const page: { rows: { code: string }[]; next: string | null } = await office.command('codes.list', {
        kind: 'customer',
        after,
        limit: 500,
      })
      seen.push(...page.rows.map((row) => row.code))
      after = page.next
    }
    expect(seen).toEqual(codes)
  })
})

describe('before a file is written', () => {
  test('the preview shows exactly the bytes that are written', async () => {
    const office = await Office.open({ profile: 'attache-kfi' })
    const [order] = await office.readOrders(numberedOrder(1, { note: 'Press <F9> "now"' }))
    const preview = await office.command('orders.preview', { orderId: order?.id ?? 0 })
    expect(preview).toMatchObject({ isWritable: true, profile: 'attache-kfi', problems: [] })
    expect(preview.changes.map((change) => change.before).join('\n')).toContain('<F9>')
    await office.run('Write Order')
    expect(office.dropped()).toEqual([preview.text])
  })

  test('the preview of an order that cannot be written lists all problems together', async () => {
    const office = await Office.open()
    const customer = { ...customerWithoutCode, code: 'MUCHTOOLONG' }
    const [order] = await office.readOrders(numberedOrder(1, { customer, lines: [sampleLine({ sku: '' })] }))
    const preview = await office.command('orders.preview', { orderId: order?.id ?? 0 })
    expect(preview.isWritable).toBe(false)
    expect(preview.problems.map((problem) => problem.code).sort()).toEqual(['code-too-long', 'product-code-missing'])
  })

  test('unsaved settings can be previewed, and invalid ones are named', async () => {
    const office = await Office.open()
    const { settings } = await office.destination()
    const changed = { ...(settings as object), objectId: '832' }
    expect((await office.command('settings.preview', { settings: changed })).text).toMatch(/object_id=.832./)
    const refused = await office.refusal('settings.preview', { settings: { ...changed, objectId: 'x' } })
    expect(refused).toMatchObject({ code: 'profile-invalid' })
    expect(refused.message).toContain('objectId')
  })

  test('a test order is handled like any order and can be recognised by its number', async () => {
    const office = await Office.open()
    const { id } = await office.destination()
    const order = await office.command('settings.sendTestOrder', { destinationId: id })
    expect(order.number).toMatch(/^TEST-\d{12}$/)
    expect(order.status).toBe('Pending')
    await office.run('Write Order')
    expect(office.files()).toHaveLength(1)
    await office.command('settings.sendTestOrder', { destinationId: id })
    await office.run('Read Orders')
    expect((await office.command('settings.get', {})).sources.map((source) => source.name)).toEqual(['Store'])
    expect(await office.refusal('settings.sendTestOrder', { destinationId: 1 })).toMatchObject({ code: 'destination-missing' })
  })
})

describe('the code settings of a destination', () => {
  test('apply to its previews and files, and are in its history', async () => {
    const { office, customers } = await officeWithLists()
    const destination = await office.destination()
    const save = async (codeSettings: object) => {
      const { settings } = await office.destination()
      await office.command('settings.saveDestination', {
        ...editableFields(destination),
        settings: { ...(settings as object), ...codeSettings },
      })
    }
    writeFileSync(join(customers, 'customers.csv'), 'Code\r\nFROMLIST\r\nWEB\r\n')
    await office.run('Read Customers')
    await office.readOrders(
      numberedOrder(1, { customer: customerWithoutCode }),
      numberedOrder(2, { customer: { ...customerWithoutCode, code: 'TYPO' } }),
    )
    const ids = [(await office.order('W0001')).id, (await office.order('W0002')).id]
    const previews = () => Promise.all(ids.map((orderId) => office.command('orders.preview', { orderId })))
    const problems = async () => (await previews()).map((preview) => preview.problems.map((problem) => [problem.code, problem.at?.line]))
    expect(await problems()).toEqual([[['customer-code-missing', undefined]], [['customer-unknown', 5]]])

    await save({ missingCustomer: 'account', customerCodeWhenMissing: 'NOTHERE', unknownCustomer: 'refuse' })
    expect((await problems())[0]).toEqual([['customer-unknown', undefined]])

    await save({ missingCustomer: 'account', customerCodeWhenMissing: 'web', unknownCustomer: 'report' })
    expect((await previews()).map((preview) => preview.isWritable)).toEqual([true, true])
    await office.run('Write Order')
    expect(office.dropped().map((file) => /<customercode>(.*)<\/customercode>/.exec(file)?.[1])).toEqual(['WEB', 'TYPO'])
    const details = async (number: string) => (await office.order(number)).timeline.find((entry) => entry.kind === 'delivery')?.details
    expect(await details('W0001')).toContain('customer code changed from "" to "WEB": the account set for orders without a customer code.')
    expect(await details('W0002')).toContain('customer code: "TYPO": not in the accounting package\'s customer list.')
    const { changes } = await office.command('settings.destinationHistory', { destinationId: destination.id })
    expect(changes[0]?.summary).toContain('settings.unknownCustomer: refuse became report')
  })

  test('cannot be set to create customers if the file format has no customer data', async () => {
    const office = await Office.open({ profile: 'attache-kfi' })
    const destination = await office.destination()
    const settings = { ...(destination.settings as object), missingCustomer: 'create' }
    const refused = await office.refusal('settings.saveDestination', { ...editableFields(destination), settings })
    expect(refused.message).toContain('this format does not contain the data needed to create a customer')
  })
})

describe('changes to a destination', () => {
  test('are recorded with who, when and what, and can be reverted', async () => {
    const office = await Office.open()
    const before = await office.destination()
    const settings = { ...(before.settings as object), missingCustomer: 'account', customerCodeWhenMissing: 'WEBSALES', objectId: '832' }
    await office.command('settings.saveDestination', { ...editableFields(before), settings })
    await office.command('settings.saveDestination', editableFields(await office.destination()))
    const { changes } = await office.command('settings.destinationHistory', { destinationId: before.id })
    expect(changes.map(({ actor, summary }) => ({ actor, summary }))).toEqual([
      {
        actor: 'Ann',
        summary:
          'settings.missingCustomer: refuse became account\nsettings.customerCodeWhenMissing: (empty) became WEBSALES\nsettings.objectId: 107 became 832',
      },
      { actor: 'Ann', summary: 'Added' },
    ])
    const first = changes.at(-1)?.id ?? 0
    await office.command('settings.restoreDestination', { destinationId: before.id, changeId: first })
    expect((await office.destination()).settings).toEqual(before.settings)
    const after = await office.command('settings.destinationHistory', { destinationId: before.id })
    expect(after.changes[0]?.summary).toMatch(/^Back to the state of /)
    expect(after.changes).toHaveLength(3)
  })

  test('settings that an earlier version stored, recorded or exported keep their meaning', async () => {
    const office = await Office.open()
    const { id } = await office.destination()
    const { settings } = await office.destination()
    const { missingCustomer: _, unknownCustomer: _c, unknownProduct: _p, ...rest } = settings as Record<string, unknown>
    const old = { ...rest, version: 1, customerCodeWhenMissing: 'WEB' }
    await office.stop()
    office.tamper(`update destination set settings = '${JSON.stringify(old)}';
      update destinationChange set after = json_set(after, '$.settings', json('${JSON.stringify(old)}'))`)
    await office.start()
    await office.readOrders(numberedOrder(1, { customer: customerWithoutCode }))
    await office.run('Write Order')
    expect(office.dropped()[0]).toContain('<customercode>WEB</customercode>')

    const now = await office.destination()
    expect(now.settings).toMatchObject({ version: 2, missingCustomer: 'account', customerCodeWhenMissing: 'WEB' })
    await office.command('settings.saveDestination', { ...editableFields(now), settings: { ...(now.settings as object), objectId: '832' } })
    const { changes } = await office.command('settings.destinationHistory', { destinationId: id })
    expect(changes[0]?.summary).toBe('settings.objectId: 107 became 832')
    await office.command('settings.restoreDestination', { destinationId: id, changeId: changes.at(-1)?.id ?? 0 })
    expect((await office.destination()).settings).toEqual(now.settings)
    const text = JSON.stringify({ format: 'ledgerdrop-profile', version: 1, name: 'Old', settings: old })
    expect((await office.command('settings.parseProfile', { text })).settings).toEqual(now.settings)
  })

  test('a destination cannot be restored from another destination’s history, or by an operator', async () => {
    const office = await Office.open()
    const first = await office.destination()
    const other = await office.addDestination('Other', 'ubl-order')
    const { changes } = await office.command('settings.destinationHistory', { destinationId: other.id })
    const input = { destinationId: first.id, changeId: changes[0]?.id ?? 0 }
    expect(await office.refusal('settings.restoreDestination', input)).toMatchObject({ code: 'change-missing' })
    expect(await office.refusal('settings.restoreDestination', input, 'operator')).toMatchObject({ code: 'not-allowed' })
  })

  test('a profile can be exported to a file and imported unchanged', async () => {
    const office = await Office.open({ profile: 'attache-kfi' })
    const destination = await office.destination()
    const { fileName, text } = await office.command('settings.exportProfile', { destinationId: destination.id })
    expect(fileName).toBe('package-profile.json')
    expect((await office.command('settings.parseProfile', { text })).settings).toEqual(destination.settings)
    expect(await office.refusal('settings.parseProfile', { text: '{}' })).toMatchObject({ code: 'profile-not-recognised' })
    expect(await office.refusal('settings.parseProfile', { text: text.replace('"crlf"', '"cr"') })).toMatchObject({
      code: 'profile-invalid',
    })
  })
})

function editableFields({ id, name, profile, folder, isDefault, policy, settings }: Awaited<ReturnType<Office['destination']>>) {
  return { id, name, profile, folder, isDefault, policy, settings }
}
