import type { Health, ProblemRow } from '../../../src-shared/contract'
import type { EngineContext } from '../context'
import { countNotices, failedNotices } from '../database/notices-store'
import { countNeedingPerson, ordersNeedingPerson } from '../database/orders-store'
import { openProblems } from '../database/problems-store'
import { listDestinations } from '../database/settings-store'

/** Rows of one kind on the screen at most; the count says how many there are. */
const MOST_OF_A_KIND = 500

const NOTICE_KEY = 'notice-'

/** The notice that a problem's key stands for; null where it stands for something else. */
export function noticeOfProblem(key: string): number | null {
  const digits = key.startsWith(NOTICE_KEY) ? key.slice(NOTICE_KEY.length) : ''
  return /^\d{1,16}$/.test(digits) ? Number(digits) : null
}

/** Everything that needs a person, newest first. */
export async function listProblems(engine: EngineContext): Promise<ProblemRow[]> {
  const { db } = engine
  const problems: ProblemRow[] = []
  for (const [syncState, kind] of [
    ['failed', 'order failed'],
    ['needs review', 'needs review'],
  ] as const) {
    for (const order of await ordersNeedingPerson(db, syncState, MOST_OF_A_KIND)) {
      const failure = order.syncError ?? {
        code: 'unknown',
        message: 'No reason is recorded.',
        remedy: 'Open the order and look at its timeline.',
      }
      problems.push({
        key: `order-${order.id}`,
        kind,
        at: order.orderedAt,
        title: `Order ${order.number}`,
        failure,
        orderId: order.id,
        folder: null,
      })
    }
  }
  for (const { id, name, folder, trouble, troubleSince } of await listDestinations(db)) {
    if (trouble === null) continue
    const title = `Nothing can be written to ${name}`
    problems.push({
      key: `destination-${id}`,
      kind: 'folder',
      at: troubleSince ?? engine.now(),
      title,
      failure: trouble,
      orderId: null,
      folder,
    })
  }
  for (const { id, orderId, number, address, failedAt, queuedAt, errorCode, errorMessage, errorRemedy } of await failedNotices(
    db,
    MOST_OF_A_KIND,
  )) {
    problems.push({
      key: `${NOTICE_KEY}${id}`,
      kind: 'failed mail',
      at: failedAt ?? queuedAt,
      title: `Notice about order ${number} to ${address}`,
      failure: { code: errorCode ?? 'unknown', message: errorMessage ?? '', remedy: errorRemedy ?? '' },
      orderId,
      folder: null,
    })
  }
  for (const { key, kind, at, title, code, message, remedy, folder } of await openProblems(db, MOST_OF_A_KIND)) {
    problems.push({ key, kind, at, title, failure: { code, message, remedy }, orderId: null, folder })
  }
  if (engine.syncTrouble !== null) {
    const { failure, since } = engine.syncTrouble
    problems.push({
      key: 'sync-trouble',
      kind: 'folder',
      at: since,
      title: 'Automatic sync cannot work',
      failure,
      orderId: null,
      folder: engine.workspace.folder,
    })
  }
  // Where not even a run can be recorded, that is why nothing has run.
  if (engine.silence !== null && engine.syncTrouble === null) {
    const { failure, since } = engine.silence
    problems.push({ key: 'nothing-has-run', kind: 'sync', at: since, title: 'Nothing has run', failure, orderId: null, folder: null })
  }
  return problems.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

/** How many things need a person. */
export async function countProblems(engine: EngineContext): Promise<Health['problemCount']> {
  const [orders, notices, destinations, others] = await Promise.all([
    countNeedingPerson(engine.db),
    countNotices(engine.db, 'failed'),
    listDestinations(engine.db),
    openProblems(engine.db, MOST_OF_A_KIND),
  ])
  return (
    (engine.syncTrouble === null && engine.silence === null ? 0 : 1) +
    orders +
    notices +
    destinations.filter((destination) => destination.trouble !== null).length +
    others.length
  )
}

/** What the screens were told last, by workspace. */
const lastTold = new WeakMap<object, string>()

/** Tells the screens what needs a person now, where that is news. Call after the commit. */
export async function publishProblems(engine: EngineContext): Promise<void> {
  const problems = await listProblems(engine)
  const text = JSON.stringify(problems)
  if (lastTold.get(engine.workspace) === text) return
  lastTold.set(engine.workspace, text)
  engine.publish('problems.changed', { problems })
}
