import { promisify } from 'node:util'
import { deflate, inflateSync } from 'node:zlib'
import type { Database, DatabaseTransaction } from './open-database'
import type { DocumentTable } from './schema'

/** A file as it is kept, packed in a thread of its own: before the transaction, while something else is done. */
export const packDocument: (bytes: Uint8Array) => Promise<Buffer> = promisify(deflate)

/** Keeps a file that orders came from, byte for byte; `bytes` from `packDocument`. */
export async function insertDocument(db: DatabaseTransaction, document: DocumentTable): Promise<void> {
  await db.insertInto('document').values(document).execute()
}

/** A document's name and its bytes as they came; undefined where there is none. */
export async function findDocument(db: Database, id: number): Promise<{ fileName: string; bytes: Buffer } | undefined> {
  const row = await db.selectFrom('document').select(['fileName', 'bytes']).where('id', '=', id).executeTakeFirst()
  return row && { fileName: row.fileName, bytes: inflateSync(row.bytes) }
}

/** A document's name, or an empty text. */
export async function documentName(db: Database, id: number): Promise<string> {
  const row = await db.selectFrom('document').select('fileName').where('id', '=', id).executeTakeFirst()
  return row?.fileName ?? ''
}

/** True for a file whose bytes are kept. */
export async function isDocumentKept(db: Database, sourceId: number, sha256: string): Promise<boolean> {
  const row = await db.selectFrom('document').select('id').where('sourceId', '=', sourceId).where('sha256', '=', sha256).executeTakeFirst()
  return row !== undefined
}
