import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import { fileTag } from '../../src-main/engine/logs/file-tag'
import { engineLog } from '../../src-main/log/engine-log'
import { EXPORT_COLUMNS, NEWEST_FIRST, SYNC_TASKS } from '../../src-shared/contract/contract'
import type { ReceivedOrder } from '../../src-shared/order'
import { numberedOrder, Office } from '../support/office'
import { sampleAddress } from '../support/orders'
import { temporaryFolder } from '../support/temporary-folder'

const PERSON = 'Zqxavier Wobblethorpe'
const EMAIL = 'zqxavier.w@customers.example'
const PHONE = '+61 2 5550 9876'
const STREET = '77 Quibblestone Lane'
/** Texts that no log may contain, not even inside another word. */
const PERSONAL_TEXTS = ['zqxavier', 'wobblethorpe', 'quibblestone', '5550 9876', '255509876', EMAIL, 'grizelda', 'muckle', 'ottoline']

function personalOrder(number: number, overrides: Partial<ReceivedOrder> = {}): ReceivedOrder {
  const address = sampleAddress({ name: PERSON, company: `${PERSON} Pty`, line1: STREET, phone: PHONE, email: EMAIL })
  const customer = { code: 'CUST0001', storeId: '1', name: PERSON, company: '', email: EMAIL, phone: PHONE }
  return numberedOrder(number, { customer, billTo: address, shipTo: address, note: `Ring ${PERSON} on ${PHONE}`, ...overrides })
}

/**
 * Opens an office in which everything goes wrong for one customer, whose name is in every file name. It logs like the
 * program, at the debug level.
 */
async function officeWithErrors(): Promise<Office> {
  const folder = temporaryFolder()
  const log = engineLog(join(folder, 'workspace'))
  const office = await Office.open({
    folder,
    log,
    profile: 'attache-kfi',
    onEvent: ({ name, event }) => {
      if (name === 'logLevel.changed') log.setLevel(event.level)
    },
  })
  await office.command('log.setLevel', { level: 'debug' })
  const server = {
    host: '127.0.0.1',
    port: 9,
    security: 'none' as const,
    user: '',
    fromName: 'Shop',
    fromAddress: 'shop@example.com',
    replyTo: '',
  }
  await office.command('mail.save', { ...server, isPasswordKept: false })
  const codes = join(folder, 'codes')
  mkdirSync(codes)
  writeFileSync(join(codes, `customers ${PERSON}.csv`), `name,email\n${PERSON},${EMAIL}\n`)
  await office.command('settings.saveCodeFolders', { customers: codes, products: codes })

  const tooLong = { ...personalOrder(2), customer: { ...personalOrder(2).customer, code: PERSON.toUpperCase() } }
  office.receive(`order ${PERSON} (for Grizelda Muckle).json`, personalOrder(1), tooLong)
  const half = toOrderJson([personalOrder(3)]).slice(0, -40)
  office.receiveText(`half ${PERSON}.json`, half)
  office.receiveText(`raw ${EMAIL}`, `${PERSON}\t${STREET}\n${PHONE}`)
  office.receiveText(`wrong ${PERSON}.json`, toOrderJson([personalOrder(4)]).replaceAll('AUD', PERSON))
  if (process.platform !== 'win32') symlinkSync(`/nowhere/${PERSON}`, join(office.intakeFolder(), `link ${PERSON}.json`))
  await office.run('Read Orders')
  office.receive('changed (Ottoline).json', personalOrder(1, { reference: 'PO-9' }))
  for (const task of SYNC_TASKS) await office.run(task)
  office.receive('late (Ottoline).json', personalOrder(1, { reference: 'PO-10' }))
  await office.run('Read Orders')

  const { id } = await office.order('W0001')
  await office.command('orders.changeStatus', { orderId: id, status: 'Dispatched', comments: `Called ${PERSON}`, notifyCustomer: true })
  await office.run('Send Notices')
  const sent = office.files()[0] ?? ''
  mkdirSync(join(office.dropFolder(), 'Failure'))
  writeFileSync(join(office.dropFolder(), 'Failure', sent), '')
  rmSync(join(office.dropFolder(), sent))
  writeFileSync(join(office.dropFolder(), 'Failure', sent.replace(/\.kfi$/, '.err')), `Customer ${PERSON} of ${STREET} is not known`)
  await office.run('Read Answers')

  // Cause disk errors, program errors and user errors, each with personal data in a path or a value.
  const path = join(folder, 'no such folder', `${PERSON}.csv`)
  const selection = { filter: { search: PERSON }, newestId: Number.MAX_SAFE_INTEGER, except: [] }
  await office.command('orders.exportTo', { selection, sort: NEWEST_FIRST, columns: [...EXPORT_COLUMNS], path })
  await expect.poll(async () => (await office.command('orders.job', {})).job?.state).toBe('failed')
  await office.refusal('backups.preview', { file: join(folder, `${PERSON}.db`) })
  await office.refusal('orders.find', { number: PERSON })
  office.tamper(`create trigger fault before insert on document begin select raise(abort, 'no more'); end`)
  office.receive(`second ${PERSON}.json`, personalOrder(5))
  await office.run('Read Orders')
  office.tamper('drop trigger fault')
  return office
}

function logsOf(office: Office): string {
  const folder = join(office.workspace, 'logs')
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
}

function personalTextsIn(text: string): string[] {
  return PERSONAL_TEXTS.filter((personal) => text.toLowerCase().includes(personal.toLowerCase()))
}

test('whatever goes wrong, the logs name neither the customer nor their files, and support can still trace the order', async () => {
  const office = await officeWithErrors()
  const logs = logsOf(office)
  expect(logs.split('\n').filter((line) => personalTextsIn(line).length > 0)).toEqual([])
  for (const name of [`order ${PERSON} (for Grizelda Muckle).json`, `half ${PERSON}.json`]) expect(logs).toContain(fileTag(name))
  expect(logs).toMatch(/order="W0001" Processing, sent/)
  expect(logs).toMatch(/order="W0001" Dispatched, failed: rejected-by-package/)
  expect(logs).toMatch(/order="W0002" Processing, failed: code-too-long/)
  expect(logs).toMatch(/rejected: not-recognised/)
  expect(logs).toMatch(/Job export failed[\s\S]*list-not-saved[\s\S]*ENOENT: open/)
  expect(logs).toMatch(/Read Orders failed \(fault [0-9a-f]{8}\)[\s\S]*no more/)
})

test('a support bundle does not name the customer, with or without an order', async () => {
  const office = await officeWithErrors()
  for (const orderNumber of ['', 'W0001', 'W0002']) {
    const { folder, fileName } = await office.command('support.makeBundle', { orderNumber })
    const files = Object.entries(unzipSync(readFileSync(join(folder, fileName))))
    const found = files.flatMap(([name, bytes]) =>
      strFromU8(bytes)
        .split('\n')
        .flatMap((line) => (personalTextsIn(line).length > 0 ? [`${name}: ${line}`] : [])),
    )
    expect(found).toEqual([])
  }
})
