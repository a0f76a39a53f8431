import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import SqliteDatabase from 'better-sqlite3'

/** What is wrong with a database, looked at as a whole; null where nothing is. Runs in another thread as well: it uses nothing from outside. */
function damageIn(sqlite: SqliteDatabase.Database): string | null {
  const found: unknown = sqlite.pragma('integrity_check(1)', { simple: true })
  if (found !== 'ok') return String(found)
  const orphans = sqlite.pragma('foreign_key_check')
  return Array.isArray(orphans) && orphans.length === 0 ? null : 'Rows refer to rows that are missing.'
}

/** What is wrong with a copy; null where nothing is. About 3 s per gigabyte, in which this thread does nothing else. */
export function findDamage(file: string): string | null {
  const sqlite = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
  try {
    return damageIn(sqlite)
  } finally {
    sqlite.close()
  }
}

const LOOK = `
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

/** As `findDamage`, in a thread of its own: meanwhile this one goes on. The file is closed when it answers: Windows renames no file that is open. */
export function findDamageAside(file: string): Promise<string | null> {
  const workerData = { file, sqlite: createRequire(import.meta.url).resolve('better-sqlite3') }
  const worker = new Worker(LOOK, { eval: true, workerData })
  return new Promise((resolve, reject) => {
    let answer: { damage?: string | null; message?: string; code?: string } = {
      message: 'The thread that looked for damage ended without an answer',
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
