import { sql } from 'kysely'
import type { RunRow, RunTrigger, SyncTaskName } from '../../../src-shared/contract/contract'
import type { Schedule } from '../../../src-shared/schedule'
import type { Database, DatabaseTransaction } from './open-database'
import type { RunTable, SyncTaskTable } from './schema'

/** Records the start of a run. */
export async function insertRun(db: DatabaseTransaction, run: RunTable): Promise<void> {
  await db.insertInto('run').values(run).execute()
}

/** Records a run's progress or end, and returns the run. */
export async function updateRun(db: DatabaseTransaction, id: number, change: Partial<Omit<RunTable, 'id'>>): Promise<RunRow> {
  return db.updateTable('run').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

/** Marks runs as interrupted if they are still recorded as running. Called at the start, when no run can be running. */
export async function markInterruptedRuns(db: DatabaseTransaction, now: string): Promise<void> {
  await db
    .updateTable('run')
    .set({ outcome: 'interrupted', endedAt: now, summary: 'Ledgerdrop stopped before this run ended. The next run continues the work.' })
    .where('outcome', '=', sql.lit('running' as const))
    .execute()
}

/** A page of the run history, newest first. `before` is the id of the previous page's last run. */
export async function listRuns(db: Database, task: SyncTaskName | undefined, before: number | null, limit: number): Promise<RunRow[]> {
  let query = db.selectFrom('run').selectAll().orderBy('id', 'desc').limit(limit)
  if (task !== undefined) query = query.where('task', '=', task)
  if (before !== null) query = query.where('id', '<', before)
  return query.execute()
}

/** The run, or undefined. */
export async function findRun(db: Database, id: number): Promise<RunRow | undefined> {
  return db.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The last run of a task, or null. */
export async function lastRunOf(db: Database, task: SyncTaskName): Promise<RunRow | null> {
  return (await listRuns(db, task, null, 1))[0] ?? null
}

/** The last completed run of a task, with or without failed orders, or null. */
export async function lastGoodRunOf(db: Database, task: SyncTaskName): Promise<RunRow | null> {
  const found = await db
    .selectFrom('run')
    .selectAll()
    .where('task', '=', task)
    .where('outcome', 'in', ['done', 'some failed'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found ?? null
}

/** The first run of a task after the run with that id, or null. */
export async function firstRunAfter(db: Database, task: SyncTaskName, id: number): Promise<RunRow | null> {
  const found = await db
    .selectFrom('run')
    .selectAll()
    .where('task', '=', task)
    .where('id', '>', id)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return found ?? null
}

/** A task's row with its schedule parsed. */
type StoredTask = Omit<SyncTaskTable, 'schedule' | 'isPaused'> & { schedule: Schedule; isPaused: boolean }

/** Every task that has a schedule. */
export async function listSyncTasks(db: Database): Promise<StoredTask[]> {
  const rows = await db.selectFrom('syncTask').selectAll().execute()
  return rows.map((row) => ({ ...row, schedule: JSON.parse(row.schedule) as Schedule, isPaused: row.isPaused === 1 }))
}

/** Sets a task's schedule. */
export async function saveSyncTask(db: DatabaseTransaction, task: StoredTask): Promise<void> {
  const row = { ...task, schedule: JSON.stringify(task.schedule), isPaused: task.isPaused ? (1 as const) : (0 as const) }
  await db
    .insertInto('syncTask')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute()
}

/** Triggers of unattended runs. A script or Windows Task Scheduler may call the command line every few minutes. */
const UNATTENDED_TRIGGERS: readonly RunTrigger[] = ['schedule', 'command line']

/** Given a run that found nothing to do, removes the same task's previous run if that one found nothing to do either. */
export async function deleteNoOpRunBefore(db: DatabaseTransaction, { task, id }: Pick<RunRow, 'task' | 'id'>): Promise<void> {
  const [before] = await listRuns(db, task, id, 1)
  if (before === undefined || !isNoOp(before)) return
  await db.deleteFrom('run').where('id', '=', before.id).execute()
}

/** True for an unattended run that found nothing to do. */
export function isNoOp(run: RunRow): boolean {
  const { trigger, outcome, doneCount, failedCount, waitingCount, reviewCount } = run
  return UNATTENDED_TRIGGERS.includes(trigger) && outcome === 'done' && doneCount + failedCount + waitingCount + reviewCount === 0
}
