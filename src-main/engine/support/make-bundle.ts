import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { strToU8, type Zippable, zipSync } from 'fflate/browser'
import type { OrderDetails, ParsedInput, SupportBundle } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { findOrderIdByNumber } from '../database/orders-store'
import { orderMissing } from '../database/require-order'
import { folderFailure, isFileSystemError } from '../files/folder-failure'
import { PRIVATE_FOLDER } from '../files/private-files'
import { writeAtomically } from '../files/write-atomically'
import { createMask, type Mask } from '../logs/mask-text'
import { orderDetails } from '../orders/order-details'
import { logTails } from './log-tails'
import { type BundleFile, orderFiles } from './order-files'
import { personalValues } from './order-values'
import { newestRuns, settingsWithoutSecrets, versions, workspaceFacts } from './workspace-facts'

/**
 * Saves what support needs as a zip in the workspace's support folder. It never contains secrets. Names, addresses, emails and phone numbers are
 * masked unless the person includes them. Throws FailureError `order-missing`, `bundle-not-saved`.
 */
export async function makeBundle(engine: EngineContext, version: string, input: ParsedInput<'support.makeBundle'>): Promise<SupportBundle> {
  const order = input.orderNumber === '' ? null : await findOrderDetails(engine, input.orderNumber)
  const mask = input.withPersonalData ? null : createMask(order === null ? [] : personalValues(order))
  const files: BundleFile[] = [
    { name: 'ticket.txt', content: ticketText(input, order) },
    { name: 'versions.json', content: await versions(engine, version) },
    { name: 'settings.json', content: await settingsWithoutSecrets(engine) },
    { name: 'workspace.json', content: await workspaceFacts(engine) },
    { name: 'runs.json', content: await newestRuns(engine, mask !== null) },
    ...(await logTails(engine.workspace.logFolder)).map(({ name, text }) => ({ name: `logs/${name}`, content: text })),
    ...(order === null ? [] : await orderFiles(engine, order, mask)),
  ]
  const bundle: Zippable = {}
  for (const { name, content } of files) bundle[name] = bytesOf(content, name, mask)
  const folder = supportFolder(engine.workspace)
  const fileName = `ledgerdrop-support-${engine.now().slice(0, 23).replaceAll(/[T:.]/g, '-')}.zip`
  const bytes = zipSync(bundle)
  await save(folder, fileName, bytes)
  const entries = Object.entries(bundle).map(([name, content]) => ({ name, sizeBytes: (content as Uint8Array).length }))
  return { folder, fileName, sizeBytes: bytes.length, hasPersonalData: input.withPersonalData, entries }
}

/** The folder in which support files are saved. */
export function supportFolder(workspace: { folder: string }): string {
  return join(workspace.folder, 'support')
}

async function findOrderDetails(engine: EngineContext, number: string): Promise<OrderDetails> {
  const id = await findOrderIdByNumber(engine.db, number)
  if (id === undefined) throw orderMissing()
  return orderDetails(engine, id)
}

/** The order's documents have already been masked value by value. Everything else is masked here, so that nothing is left unmasked. */
function bytesOf(content: unknown, name: string, mask: Mask | null): Uint8Array {
  if (content instanceof Uint8Array) return content
  if (typeof content === 'string') return strToU8(mask === null || name.startsWith('order/') ? content : mask(content))
  return strToU8(`${JSON.stringify(mask === null ? content : maskTexts(content, mask), null, 2)}\n`)
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

function maskTexts(value: unknown, mask: Mask): unknown {
  if (typeof value === 'string') return TIME.test(value) ? value : mask(value)
  if (Array.isArray(value)) return value.map((item) => maskTexts(item, mask))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskTexts(item, mask)]))
}

function ticketText({ text, withPersonalData }: ParsedInput<'support.makeBundle'>, order: OrderDetails | null): string {
  const about = order === null ? 'none' : `${order.number} (${order.status}, ${order.syncState})`
  const personal = withPersonalData
    ? 'Personal data is included, as chosen by the person.'
    : 'Personal data is masked: letters are shown as x, digits as 9.'
  return `What happened:\n${text.trim() === '' ? '(no description)' : text}\n\nOrder: ${about}\n${personal}\nPasswords are never included.\n`
}

/** Saves the zip atomically. Throws FailureError `bundle-not-saved`. */
async function save(folder: string, fileName: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER })
    await writeAtomically(join(folder, fileName), bytes)
  } catch (error) {
    if (!isFileSystemError(error)) throw error
    throw new FailureError(
      {
        code: 'bundle-not-saved',
        message: `The support file could not be saved. ${folderFailure(error, folder).message}`,
        remedy: 'Check that the disk is not full and that the folder can be written to, then try again.',
      },
      { cause: error },
    )
  }
}
