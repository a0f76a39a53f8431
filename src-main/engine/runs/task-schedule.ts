import { SYNC_TASKS, type SyncTaskName } from '../../../src-shared/contract/contract'
import type { Schedule } from '../../../src-shared/schedule'
import type { EngineContext } from '../context/context'
import { listSyncTasks, saveSyncTask } from '../database/runs-store'
import { nextRun } from '../time/next-run'

/** A task's schedule and where it stands. */
export interface ScheduledTask {
  name: SyncTaskName
  schedule: Schedule
  isPaused: boolean
  /** UTC ISO 8601; null while paused, before the first start, and where no time comes any more. */
  nextRunAt: string | null
}

const every = (minutes: number): Schedule => ({ kind: 'every', minutes })

/** Automatic sync where nothing else is set. Backups are made at a time at which an office's computer is on. */
const USUAL: Readonly<Record<SyncTaskName, Schedule>> = {
  'Read Orders': every(5),
  'Read Customers': every(60),
  'Read Products': every(60),
  'Read Answers': every(1),
  'Send Notices': every(1),
  'Back Up': { kind: 'daily', times: ['12:30'] },
  'Write Order': every(5),
}

/** When each task is due, kept in the database. */
export class TaskSchedule {
  private readonly tasks = new Map<SyncTaskName, ScheduledTask>()

  constructor(private readonly engine: EngineContext) {}

  async open(): Promise<void> {
    const stored = new Map((await listSyncTasks(this.engine.db)).map((task) => [task.name, task]))
    for (const name of SYNC_TASKS) {
      const known = stored.get(name) ?? { isPaused: false, nextRunAt: null, schedule: USUAL[name] }
      this.tasks.set(name, { ...known, name })
    }
  }

  of(name: SyncTaskName): ScheduledTask {
    const task = this.tasks.get(name)
    if (task === undefined) throw new Error(`The schedule of ${name} was not read`)
    return task
  }

  all(): ScheduledTask[] {
    return [...this.tasks.values()]
  }

  /** Changes a task and plans its next run from now on, unless the change says when. */
  async change(name: SyncTaskName, change: Partial<Omit<ScheduledTask, 'name'>>): Promise<void> {
    const task = { ...this.of(name), ...change }
    const nextRunAt = task.isPaused ? null : change.nextRunAt !== undefined ? change.nextRunAt : this.after(task.schedule, 1)
    this.tasks.set(name, { ...task, nextRunAt })
    await this.engine.write(({ db }) => saveSyncTask(db, { ...task, nextRunAt }))
  }

  /** The first task of the list that is due. */
  due(): SyncTaskName | null {
    const now = this.engine.now()
    return this.all().find(({ nextRunAt }) => nextRunAt !== null && nextRunAt <= now)?.name ?? null
  }

  /**
   * A task that is due later than its schedule says was planned by a clock that was set back since: it would stand still, and nobody be told. Times of
   * day may lie one further ahead: a small step back does not run the same one twice. True where something was mended.
   */
  async mend(): Promise<boolean> {
    let isMended = false
    for (const { name, schedule, nextRunAt } of this.all()) {
      const latest = nextRunAt === null ? null : this.after(schedule, schedule.kind === 'every' ? 1 : 2)
      if (nextRunAt === null || latest === null || nextRunAt <= latest) continue
      await this.change(name, {})
      isMended = true
    }
    return isMended
  }

  /** How long until a task is due, `longest` at most. */
  untilNextMs(longest: number): number {
    const now = this.engine.clock.now().getTime()
    let wait = longest
    for (const { nextRunAt } of this.tasks.values()) {
      if (nextRunAt !== null) wait = Math.min(wait, Math.max(0, Date.parse(nextRunAt) - now))
    }
    return wait
  }

  private after(schedule: Schedule, count: number): string | null {
    let at: Date | null = this.engine.clock.now()
    for (let time = 0; time < count && at !== null; time++) at = nextRun(schedule, at, this.engine.timeZone)
    return at?.toISOString() ?? null
  }
}
