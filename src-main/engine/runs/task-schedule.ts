import { SYNC_TASKS, type SyncTaskName } from '../../../src-shared/contract/contract'
import type { Schedule } from '../../../src-shared/schedule'
import type { EngineContext } from '../context/context'
import { listSyncTasks, saveSyncTask } from '../database/runs-store'
import { nextRun } from '../time/next-run'

/** A task with its schedule and next run. */
export interface ScheduledTask {
  name: SyncTaskName
  schedule: Schedule
  isPaused: boolean
  /** UTC ISO 8601; null while paused, before the first start, and if the schedule has no more times. */
  nextRunAt: string | null
}

const every = (minutes: number): Schedule => ({ kind: 'every', minutes })

/** The schedules of a new workspace. Backups are made at a time when an office computer is usually on. */
const DEFAULT_SCHEDULES: Readonly<Record<SyncTaskName, Schedule>> = {
  'Read Orders': every(5),
  'Read Customers': every(60),
  'Read Products': every(60),
  'Read Answers': every(1),
  'Send Notices': every(1),
  'Back Up': { kind: 'daily', times: ['12:30'] },
  'Write Order': every(5),
}

/** The schedule of each task, stored in the database. */
export class TaskSchedule {
  private readonly tasks = new Map<SyncTaskName, ScheduledTask>()

  constructor(private readonly engine: EngineContext) {}

  async open(): Promise<void> {
    const stored = new Map((await listSyncTasks(this.engine.db)).map((task) => [task.name, task]))
    for (const name of SYNC_TASKS) {
      const known = stored.get(name) ?? { isPaused: false, nextRunAt: null, schedule: DEFAULT_SCHEDULES[name] }
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

  /** Changes a task and plans its next run from the current time, unless the change contains `nextRunAt`. */
  async change(name: SyncTaskName, change: Partial<Omit<ScheduledTask, 'name'>>): Promise<void> {
    const task = { ...this.of(name), ...change }
    const nextRunAt = task.isPaused ? null : change.nextRunAt !== undefined ? change.nextRunAt : this.nthRun(task.schedule, 1)
    this.tasks.set(name, { ...task, nextRunAt })
    await this.engine.write(({ db }) => saveSyncTask(db, { ...task, nextRunAt }))
  }

  /** Returns the first task of the list that is due, except `running`; null if there is none. */
  due(running?: SyncTaskName): SyncTaskName | null {
    const now = this.engine.now()
    return this.all().find(({ name, nextRunAt }) => name !== running && nextRunAt !== null && nextRunAt <= now)?.name ?? null
  }

  /**
   * Replans tasks that are due later than their schedule allows. They were planned before the clock was set back, and
   * would stop running unnoticed. A daily task may be planned one run further ahead, so that it does not run twice if
   * the clock is set back a little. Returns true if a task was replanned.
   */
  async repair(): Promise<boolean> {
    let hasChanged = false
    for (const { name, schedule, nextRunAt } of this.all()) {
      const latest = nextRunAt === null ? null : this.nthRun(schedule, schedule.kind === 'every' ? 1 : 2)
      if (nextRunAt === null || latest === null || nextRunAt <= latest) continue
      await this.change(name, {})
      hasChanged = true
    }
    return hasChanged
  }

  /** Returns the milliseconds until a task is due, at most `maxMs`. */
  untilNextMs(maxMs: number): number {
    const now = this.engine.clock.now().getTime()
    let wait = maxMs
    for (const { nextRunAt } of this.tasks.values()) {
      if (nextRunAt !== null) wait = Math.min(wait, Math.max(0, Date.parse(nextRunAt) - now))
    }
    return wait
  }

  /** Returns the time of the `count`-th run from now; null if the schedule has fewer. */
  private nthRun(schedule: Schedule, count: number): string | null {
    let at: Date | null = this.engine.clock.now()
    for (let time = 0; time < count && at !== null; time++) at = nextRun(schedule, at, this.engine.timeZone)
    return at?.toISOString() ?? null
  }
}
