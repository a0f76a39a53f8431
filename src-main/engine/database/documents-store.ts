import { promisify } from 'node:util'
import { deflate, deflateSync, inflateSync } from 'node:zlib'
import type { Database, DatabaseTransaction } from './open-database'
import type { DocumentTable } from './schema'

/** Up to this size, handing a file over to another thread takes longer than compressing it. */
const SMALL_BYTES = 32 * 1024
/** A small window saves the time to set up a large one. It makes no difference to documents of the size of an order. */
const SMALL = { windowBits: 12, memLevel: 5 }
const deflateInThread: (bytes: Uint8Array) => Promise<Buffer> = promisify(deflate)

/** Compresses a file for storage, a large one in another thread. Call it before the transaction. */
export async function compressDocument(bytes: Uint8Array): Promise<Buffer> {
  return bytes.length <= SMALL_BYTES ? deflateSync(bytes, SMALL) : deflateInThread(bytes)
}

/** Stores a file that orders came from, byte for byte. `bytes` comes from `compressDocument`. */
export async function insertDocument(db: DatabaseTransaction, document: DocumentTable): Promise<void> {
  await db.insertInto('document').values(document).execute()
}

/** A document's file name and original bytes, or undefined. */
export async function findDocument(db: Database, id: number): Promise<{ fileName: string; bytes: Buffer } | undefined> {
  const row = await db.selectFrom('document').select(['fileName', 'bytes']).where('id', '=', id).executeTakeFirst()
  return row && { fileName: row.fileName, bytes: inflateSync(row.bytes) }
}

/** A document's file name, or an empty string. */
export async function documentName(db: Database, id: number): Promise<string> {
  const row = await db.selectFrom('document').select('fileName').where('id', '=', id).executeTakeFirst()
  return row?.fileName ?? ''
}

/** True if the source's file with that hash is stored. */
export async function isDocumentStored(db: Database, sourceId: number, sha256: string): Promise<boolean> {
  const row = await db.selectFrom('document').select('id').where('sourceId', '=', sourceId).where('sha256', '=', sha256).executeTakeFirst()
  return row !== undefined
}
