// Opens a database in this thread and in a worker thread. Prints "ok" if both can write and read.
const { Worker, isMainThread } = require('node:worker_threads')
const Database = require('better-sqlite3')

const database = new Database(':memory:')
database.exec('create table probe (number integer, text text)')
database.prepare('insert into probe values (@number, @text)').run({ number: 1, text: 'one' })
const row = database.prepare('select * from probe').get()
if (row.number !== 1 || row.text !== 'one') throw new Error(`read back ${JSON.stringify(row)}`)
try {
  database.exec('not sql')
} catch (error) {
  if (error.code !== 'SQLITE_ERROR') throw error
}
database.close()

if (isMainThread) {
  new Worker(__filename).on('exit', (code) => {
    if (code === 0) process.stdout.write('ok\n')
    else process.exitCode = 1
  })
}
