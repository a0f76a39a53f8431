import type { CodeKind } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { replaceCodes } from '../database/codes-store'
import { importCodes } from '../importers/code-list/code-list-importer'
import type { TaskWork } from '../runs/run-report'
import { codeFolders } from '../settings/publish-settings'
import { SettledFiles } from './settled-files'
import { isIntakeFile, processOneByOne, takeFiles } from './take-files'

const CODE_LISTS = {
  customer: { folder: 'customers', title: 'the customer lists' },
  product: { folder: 'products', title: 'the product lists' },
} as const

/** The sync tasks Read Customers and Read Products: import the accounting package's list of codes, one CSV file at a time. */
export function readCodes(engine: EngineContext, kind: CodeKind, settleMs: number): TaskWork {
  const files = new SettledFiles(engine.clock, settleMs)
  return async (report, signal) => {
    const list = CODE_LISTS[kind]
    const folder = (await codeFolders(engine.db))[list.folder]
    if (folder === null) return
    const isWanted = (name: string) => isIntakeFile(name) && /\.(csv|txt)$/i.test(name)
    const take = processOneByOne(async (bytes, name) => {
      const imported = importCodes(bytes, kind, name)
      if (!imported.ok) return { outcome: 'rejected', failure: imported.failure }
      await engine.write(({ db }) => replaceCodes(db, kind, imported.rows, engine.now()))
      report.doneCount += imported.rows.length
      report.log.add({ level: 'info', text: `${name}: ${imported.rows.length} codes read from ${list.title}.` })
      return { outcome: 'done' }
    })
    await takeFiles(engine, { key: `codes-${kind}`, title: list.title, folder, isWanted }, files, report, signal, take)
  }
}
