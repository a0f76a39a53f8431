import type { SyncTaskName } from '../../src-shared/contract/contract'
import { assertNever } from '../../src-shared/failure'
import type { Schedule } from '../../src-shared/schedule'
import { counted, LOCALE } from './dates'

const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
const SHORT_DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

function everyText(minutes: number): string {
  if (minutes === 1) return 'every minute'
  if (minutes === 60) return 'every hour'
  return minutes % 60 === 0 ? `every ${minutes / 60} hours` : `every ${minutes} minutes`
}

/** `Mon to Fri`, `Mon, Wed`, `every day`. */
function daysText(days: readonly number[]): string {
  const week = [1, 2, 3, 4, 5, 6, 0].filter((day) => days.includes(day))
  if (week.length === 7) return 'every day'
  const places = week.map((day) => (day + 6) % 7)
  const isRun = week.length > 2 && places.every((place, index) => place === (places[0] ?? 0) + index)
  const names = week.map((day) => SHORT_DAYS[day] ?? '')
  return isRun ? `${names[0]} to ${names.at(-1)}` : names.join(', ')
}

/** A schedule in words: `every 5 minutes`, `daily at 08:00`. */
export function scheduleText(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'every':
      return everyText(schedule.minutes)
    case 'daily':
      return `daily at ${[...schedule.times].sort().join(', ')}`
    case 'hours':
      return `${daysText(schedule.days)}, ${schedule.from} to ${schedule.to}, ${everyText(schedule.everyMinutes)}`
    case 'cron':
      return `by cron text ${schedule.text}`
    default:
      return assertNever(schedule)
  }
}

/** Every word of Sync > Status. */
export const syncStatusText = {
  title: 'Sync Status',
  tasks: 'Sync tasks',
  waiting: 'Reading the sync tasks',
  syncAll: 'Sync everything now',
  pauseAll: 'Pause automatic sync',
  resumeAll: 'Resume automatic sync',
  told: {
    starting: (task?: SyncTaskName) => (task === undefined ? 'The sync is starting.' : `${task} is starting.`),
    cancelling: (task: SyncTaskName) => `${task} ends at its next good point.`,
    paused: (task?: SyncTaskName) => `${task ?? 'Automatic sync'} is paused.`,
    resumed: (task?: SyncTaskName) => `${task ?? 'Automatic sync'} goes on.`,
    scheduled: (task: SyncTaskName, schedule: Schedule) => `${task} now runs ${scheduleText(schedule)}.`,
  },
  paused: {
    all: 'Automatic sync is paused',
    allHint: 'Nothing is read or sent by itself until you resume it. Sync Now works all the same.',
    some: (names: readonly string[]) => `Paused: ${names.join(', ')}`,
    someHint: 'What is paused does not run by itself until you resume it. Sync Now works all the same.',
    resume: 'Resume',
    resumeAll: 'Resume all',
  },
  task: {
    idle: 'Idle',
    queued: 'Queued',
    running: 'Running',
    paused: 'Paused',
    ending: 'Ending',
    schedule: (schedule: Schedule) => {
      const text = scheduleText(schedule)
      return text.charAt(0).toUpperCase() + text.slice(1)
    },
    neverRan: 'Has not run yet',
    progress: 'Progress',
    progressOf: (name: string) => `${name}: progress`,
    done: (done: number) => `${done.toLocaleString(LOCALE)} done`,
    doneOf: (done: number, total: number) => `${done.toLocaleString(LOCALE)} of ${total.toLocaleString(LOCALE)}`,
    left: (minutes: number) => (minutes <= 1 ? 'under a minute left' : `about ${counted(minutes, 'minute')} left`),
    nextRun: 'Next run',
    now: 'Now',
    notPlanned: 'Not planned',
    cancel: 'Cancel',
    cancelOf: (name: string) => `Cancel ${name}`,
    actions: (name: string) => `${name}: actions`,
  },
  menu: { syncNow: 'Sync Now', schedule: 'Change Schedule', pause: 'Pause', resume: 'Resume', history: 'View History', cancel: 'Cancel' },
  charts: {
    title: 'The last 14 days',
    received: 'Orders per day',
    times: 'From received to confirmed',
    failed: 'Orders with a sync error',
    receivedSum: (count: number) => counted(count, 'order'),
    failedSum: (count: number) => (count === 0 ? 'None' : counted(count, 'order')),
    timesSum: (median: string) => `${median} today`,
    timesUsual: (median: string) => `usually ${median}`,
    noTimes: 'Nothing confirmed yet',
    noTimesHint: 'Shown once the accounting package confirms orders. Packages that take files without an answer do not.',
    empty: 'Charts of orders, times and failures stand here once orders have come in.',
    day: 'Day',
    median: 'Half within',
    slowest: 'Slowest',
    none: 'none',
    today: 'Today',
    bar: (day: string, value: string) => `${day}: ${value}`,
    timesBar: (confirmed: number, median: string, slowest: string) =>
      `${counted(confirmed, 'order')} confirmed, half within ${median}, slowest ${slowest}`,
    legend: 'Bar: half of the orders were faster. Line: the slowest.',
  },
  schedule: {
    title: (name: string) => `Change Schedule: ${name}`,
    kind: 'Kind of schedule',
    kinds: { every: 'Every N minutes', daily: 'Daily', hours: 'Days and hours', cron: 'Cron text' },
    minutes: 'Run every (minutes)',
    minutesError: 'A whole number from 1 to 1440 (one day).',
    time: (index: number) => `Time ${index + 1}`,
    timeError: 'A time such as 08:30.',
    addTime: 'Add a time',
    removeTime: (index: number) => `Remove time ${index + 1}`,
    days: 'Days',
    dayNames: DAY_NAMES,
    shortDays: SHORT_DAYS,
    daysError: 'Choose at least one day.',
    from: 'From',
    to: 'To',
    toError: 'Not before the first time.',
    cron: 'Cron text',
    cronHint:
      'Minute, hour, day of the month, month, day of the week. For example 0 8-18 * * 1-5: every full hour from 8:00 to 18:00, Monday to Friday.',
    next: 'The next five times',
    nextUnknown: 'Shown once the fields above are filled in.',
    cancel: 'Cancel',
    save: 'Save',
  },
} as const
