import { connect } from 'node:net'
import { errorMessage } from '../../../src-shared/failure'
import { archiveKeptFrom } from '../backups/thin-archive'
import { recentlySent } from '../database/deliveries-store'
import type { Database } from '../database/open-database'
import { problemOrders } from '../database/problem-orders-store'
import { openProblems } from '../database/problems-store'
import { firstRunAfter, lastGoodRunOf, listSyncTasks } from '../database/runs-store'
import { readSetting } from '../database/settings-store'
import { readFromArchive } from '../deliveries/archive'
import { sha256 } from '../files/sha256'
import { silentSince } from '../runs/silence'
import { type Finding, well, wrong } from './finding'

const ARCHIVE_SAMPLE = 500
const MAIL_LIMIT_MS = 8000
const MOST_PROBLEMS = 1000

/** When each sync task last ended well, against its schedule. */
export async function checkTasks(db: Database, now: Date): Promise<Finding[]> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const findings: Finding[] = []
  for (const task of await listSyncTasks(db)) {
    const lastGood = await lastGoodRunOf(db, task.name)
    const silent = silentSince(task, { lastGood, firstAfter: await firstRunAfter(db, task.name, lastGood?.id ?? 0) }, now, zone)
    const last = lastGood?.endedAt == null ? 'never ended well' : `last ended well ${lastGood.endedAt}`
    const remedy = 'Start Ledgerdrop, or run the task by Sync Now, and look at Sync > History.'
    if (silent !== null) findings.push(wrong(task.name, `${last}, although it was due three times since`, remedy))
    else findings.push(well(task.name, task.isPaused ? `${last}; paused` : last))
  }
  return findings
}

/** Orders and other things that need a person. */
export async function checkProblems(db: Database): Promise<Finding[]> {
  const failed = await problemOrders(db, 'order failed', '', MOST_PROBLEMS)
  const review = await problemOrders(db, 'needs review', '', MOST_PROBLEMS)
  const overdue = await problemOrders(db, 'overdue', '', MOST_PROBLEMS)
  const others = await openProblems(db, MOST_PROBLEMS)
  const count = (check: string, found: number, example: string | undefined) =>
    found === 0 ? well(check, 'none') : wrong(check, `${found}, e.g. ${example}`, 'See Sync > Problems.')
  return [
    count('Failed orders', failed.length, failed[0]?.number),
    count('Orders to review', review.length, review[0]?.number),
    count('Overdue orders', overdue.length, overdue[0]?.number),
    count('Other problems', others.length, others[0]?.title),
  ]
}

/** Whether the copies of what was sent are there, word for word. */
export async function checkArchive(db: Database, archiveFolder: string): Promise<Finding> {
  const keptFrom = await archiveKeptFrom(db)
  const sent = (await recentlySent(db, ARCHIVE_SAMPLE)).filter(({ preparedAt }) => preparedAt.slice(0, 7) >= keptFrom)
  const bad: string[] = []
  for (const delivery of sent) {
    const copy = await readFromArchive(archiveFolder, delivery).catch(() => null)
    if (copy === null || sha256(copy) !== delivery.sha256) bad.push(delivery.fileName)
  }
  if (bad.length === 0) return well('Archive', `the last ${sent.length} sent files are there, as they were sent`)
  const remedy =
    'Nothing is sent again because of it. Put the archive folder back from a backup of this computer, and look what deletes files there.'
  return wrong('Archive', `${bad.length} of the last ${sent.length} sent files are missing or changed, e.g. ${bad[0]}`, remedy)
}

/** Whether the mail server answers at all; signs nobody in. */
export async function checkMailServer(db: Database): Promise<Finding> {
  const mail = await readSetting<{ host: string; port: number } | null>(db, 'mail', null)
  if (mail === null) return well('Mail server', 'none is set up')
  const where = `${mail.host}:${mail.port}`
  try {
    await new Promise<void>((resolve, reject) => {
      const socket = connect({ host: mail.host, port: mail.port, timeout: MAIL_LIMIT_MS }, () => {
        socket.destroy()
        resolve()
      })
      socket.on('error', reject)
      socket.on('timeout', () => {
        socket.destroy()
        reject(new Error('no answer'))
      })
    })
    return well('Mail server', `${where} answers`)
  } catch (error) {
    return wrong(
      'Mail server',
      `${where}: ${errorMessage(error)}`,
      'Check Settings > E-mail and the network; Send a Test shows the server’s own words.',
    )
  }
}
