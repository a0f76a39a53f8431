import { connect } from 'node:net'
import { errorMessage } from '../../../src-shared/failure'
import { archiveKeptFrom } from '../backups/prune-archive'
import { recentlySent } from '../database/deliveries-store'
import type { Database } from '../database/open-database'
import { problemOrders } from '../database/problem-orders-store'
import { openProblems } from '../database/problems-store'
import { firstRunAfter, lastGoodRunOf, listSyncTasks } from '../database/runs-store'
import { readSetting } from '../database/settings-store'
import { readFromArchive } from '../deliveries/archive'
import { sha256 } from '../files/sha256'
import { stalledSince } from '../runs/stall'
import { type Finding, failed, passed } from './finding'

const ARCHIVE_SAMPLE = 500
const MAIL_TIMEOUT_MS = 8000
const MAX_PROBLEMS = 1000

/** Compares each sync task's last successful run with its schedule. */
export async function checkTasks(db: Database, now: Date): Promise<Finding[]> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const findings: Finding[] = []
  for (const task of await listSyncTasks(db)) {
    const lastGood = await lastGoodRunOf(db, task.name)
    const stalled = stalledSince(task, { lastGood, firstAfter: await firstRunAfter(db, task.name, lastGood?.id ?? 0) }, now, zone)
    const last = lastGood?.endedAt == null ? 'has never succeeded' : `last succeeded ${lastGood.endedAt}`
    const remedy = 'Start Ledgerdrop, or run the task with Sync Now, and check Sync > History.'
    const due = lastGood?.endedAt == null ? 'although it was due three times' : 'although it was due three times since then'
    if (stalled !== null) findings.push(failed(task.name, `${last}, ${due}`, remedy))
    else findings.push(passed(task.name, task.isPaused ? `${last}; paused` : last))
  }
  return findings
}

/** Counts the open problems: failed orders, orders that need review, overdue orders, and others. */
export async function checkProblems(db: Database): Promise<Finding[]> {
  const failedOrders = await problemOrders(db, 'order failed', '', MAX_PROBLEMS)
  const review = await problemOrders(db, 'needs review', '', MAX_PROBLEMS)
  const overdue = await problemOrders(db, 'overdue', '', MAX_PROBLEMS)
  const others = await openProblems(db, MAX_PROBLEMS)
  const count = (check: string, found: number, example: string | undefined) =>
    found === 0 ? passed(check, 'none') : failed(check, `${found}, for example ${example}`, 'See Sync > Problems.')
  return [
    count('Failed orders', failedOrders.length, failedOrders[0]?.number),
    count('Orders that need review', review.length, review[0]?.number),
    count('Overdue orders', overdue.length, overdue[0]?.number),
    count('Other problems', others.length, others[0]?.title),
  ]
}

/** Checks that the archived copies of the most recently sent files exist and are unchanged. */
export async function checkArchive(db: Database, archiveFolder: string): Promise<Finding> {
  const keptFrom = await archiveKeptFrom(db)
  const sent = (await recentlySent(db, ARCHIVE_SAMPLE)).filter(({ preparedAt }) => preparedAt.slice(0, 7) >= keptFrom)
  const bad: string[] = []
  for (const delivery of sent) {
    const copy = await readFromArchive(archiveFolder, delivery).catch(() => null)
    if (copy === null || sha256(copy) !== delivery.sha256) bad.push(delivery.fileName)
  }
  if (bad.length === 0) return passed('Archive', `the last ${sent.length} sent files are complete and unchanged`)
  const remedy =
    'Nothing is sent again because of this. Restore the archive folder from a backup of this computer, and find out what changes or deletes files in it.'
  return failed('Archive', `${bad.length} of the last ${sent.length} sent files are missing or changed, for example ${bad[0]}`, remedy)
}

/** Checks that the mail server accepts connections. Doesn't sign in. */
export async function checkMailServer(db: Database): Promise<Finding> {
  const mail = await readSetting<{ host: string; port: number } | null>(db, 'mail', null)
  if (mail === null) return passed('Mail server', 'not set up')
  const address = `${mail.host}:${mail.port}`
  try {
    await new Promise<void>((resolve, reject) => {
      const socket = connect({ host: mail.host, port: mail.port, timeout: MAIL_TIMEOUT_MS }, () => {
        socket.destroy()
        resolve()
      })
      socket.on('error', reject)
      socket.on('timeout', () => {
        socket.destroy()
        reject(new Error('no response'))
      })
    })
    return passed('Mail server', `${address} is responding`)
  } catch (error) {
    return failed(
      'Mail server',
      `${address}: ${errorMessage(error)}`,
      'Check Settings > Email and the network. Send Test Email shows the server’s answer.',
    )
  }
}
