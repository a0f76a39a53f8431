import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import SqliteDatabase from 'better-sqlite3'

/**
 * Describes the damage that a full check finds in a database, or returns null. A worker thread runs this function's
 * source too, so it can't use anything else in this file.
 */
function damageIn(sqlite: SqliteDatabase.Database): string | null {
  const found: unknown = sqlite.pragma('integrity_check(1)', { simple: true })
  if (found !== 'ok') return String(found)
  const orphans = sqlite.pragma('foreign_key_check')
  return Array.isArray(orphans) && orphans.length === 0 ? null : 'Some rows refer to rows that are missing.'
}

/** Describes the damage in a database file, or returns null. Blocks this thread, for about 3 s per gigabyte. */
export function findDamage(file: string): string | null {
  const sqlite = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
  try {
    return damageIn(sqlite)
  } finally {
    sqlite.close()
  }
}

const WORKER_SOURCE = `
const { parentPort, workerData } = require('node:worker_threads')
const SqliteDatabase = require(workerData.sqlite)
const damageIn = ${damageIn}
const sqlite = new SqliteDatabase(workerData.file, { readonly: true, fileMustExist: true })
try {
  parentPort.postMessage({ damage: damageIn(sqlite) })
} catch (error) {
  parentPort.postMessage({ message: error.message, code: error.code })
} finally {
  sqlite.close()
}
`

/** Same as `findDamage`, but in another thread. The file is closed before the promise resolves, because Windows can't rename an open file. */
export function findDamageInThread(file: string): Promise<string | null> {
  const workerData = { file, sqlite: createRequire(import.meta.url).resolve('better-sqlite3') }
  const worker = new Worker(WORKER_SOURCE, { eval: true, workerData })
  return new Promise((resolve, reject) => {
    let answer: { damage?: string | null; message?: string; code?: string } = {
      message: 'The thread that checks for damage ended without a result',
    }
    worker.once('message', (message) => {
      answer = message
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      const { damage, message, code } = answer
      if (damage === undefined) reject(Object.assign(new Error(message), { code }))
      else resolve(damage)
    })
  })
}
