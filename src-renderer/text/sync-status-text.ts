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
  const positions = week.map((day) => (day + 6) % 7)
  const isConsecutive = week.length > 2 && positions.every((position, index) => position === (positions[0] ?? 0) + index)
  const names = week.map((day) => SHORT_DAYS[day] ?? '')
  return isConsecutive ? `${names[0]} to ${names.at(-1)}` : names.join(', ')
}

/** A schedule as a phrase: `every 5 minutes`, `daily at 08:00`. */
export function scheduleText(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'every':
      return everyText(schedule.minutes)
    case 'daily':
      return `daily at ${[...schedule.times].sort().join(', ')}`
    case 'hours':
      return `${daysText(schedule.days)}, ${schedule.from} to ${schedule.to}, ${everyText(schedule.everyMinutes)}`
    case 'cron':
      return `on the cron schedule ${schedule.text}`
    default:
      return assertNever(schedule)
  }
}

/** The texts of Sync > Status. */
export const syncStatusText = {
  title: 'Sync Status',
  tasks: 'Sync tasks',
  waiting: 'Loading sync tasks',
  syncAll: 'Sync Everything Now',
  pauseAll: 'Pause Automatic Sync',
  resumeAll: 'Resume Automatic Sync',
  messages: {
    starting: (task?: SyncTaskName) => (task === undefined ? 'The sync is starting.' : `${task} is starting.`),
    cancelling: (task: SyncTaskName) => `${task} will stop after the current orders.`,
    paused: (task?: SyncTaskName) => `${task ?? 'Automatic sync'} paused.`,
    resumed: (task?: SyncTaskName) => `${task ?? 'Automatic sync'} resumed.`,
    scheduled: (task: SyncTaskName, schedule: Schedule) => `${task} now runs ${scheduleText(schedule)}.`,
  },
  paused: {
    all: 'Automatic sync is paused',
    allHint: 'Nothing is read or sent automatically until you resume it. Sync Now still works.',
    some: (names: readonly string[]) => `Paused: ${names.join(', ')}`,
    someHint: 'Paused tasks do not run automatically until you resume them. Sync Now still works.',
    resume: 'Resume',
    resumeAll: 'Resume All',
  },
  task: {
    idle: 'Idle',
    queued: 'Queued',
    running: 'Running',
    paused: 'Paused',
    ending: 'Stopping',
    schedule: (schedule: Schedule) => {
      const text = scheduleText(schedule)
      return text.charAt(0).toUpperCase() + text.slice(1)
    },
    neverRan: 'Not run yet',
    progress: 'Progress',
    progressOf: (name: string) => `${name}: progress`,
    done: (done: number) => `${done.toLocaleString(LOCALE)} done`,
    doneOf: (done: number, total: number) => `${done.toLocaleString(LOCALE)} of ${total.toLocaleString(LOCALE)}`,
    left: (minutes: number) => (minutes <= 1 ? 'under a minute left' : `about ${counted(minutes, 'minute')} left`),
    nextRun: 'Next run',
    now: 'Now',
    notScheduled: 'Not scheduled',
    cancel: 'Cancel',
    cancelOf: (name: string) => `Cancel ${name}`,
    actions: (name: string) => `${name}: actions`,
  },
  menu: { syncNow: 'Sync Now', schedule: 'Change Schedule', pause: 'Pause', resume: 'Resume', history: 'View History', cancel: 'Cancel' },
  charts: {
    title: 'Last 14 days',
    received: 'Orders per day',
    times: 'Time from received to confirmed',
    failed: 'Orders with a sync error',
    receivedSum: (count: number) => counted(count, 'order'),
    failedSum: (count: number) => (count === 0 ? 'None' : counted(count, 'order')),
    timesSum: (median: string) => `${median} today`,
    timesTypical: (median: string) => `typically ${median}`,
    noTimes: 'No orders confirmed yet',
    noTimesHint: 'Available if your accounting package confirms orders. A package that sends no answers cannot confirm orders.',
    empty: 'No orders in the last 14 days.',
    day: 'Day',
    median: 'Median',
    slowest: 'Slowest',
    none: 'none',
    today: 'Today',
    bar: (day: string, value: string) => `${day}: ${value}`,
    timesBar: (confirmed: number, median: string, slowest: string) =>
      `${counted(confirmed, 'order')} confirmed, median ${median}, slowest ${slowest}`,
    legend: 'Bar: median. Line: slowest.',
  },
  schedule: {
    title: (name: string) => `Change Schedule: ${name}`,
    kind: 'Schedule type',
    kinds: { every: 'Every N minutes', daily: 'Daily', hours: 'Days and hours', cron: 'Cron expression' },
    minutes: 'Run every (minutes)',
    minutesError: 'Enter a whole number from 1 to 1440 (one day).',
    time: (index: number) => `Time ${index + 1}`,
    timeError: 'Enter a time, e.g. 08:30.',
    addTime: 'Add Time',
    removeTime: (index: number) => `Remove time ${index + 1}`,
    days: 'Days',
    dayNames: DAY_NAMES,
    shortDays: SHORT_DAYS,
    daysError: 'Choose at least one day.',
    from: 'From',
    to: 'To',
    toError: 'The end time must not be before the start time.',
    cron: 'Cron expression',
    cronHint:
      'Minute, hour, day of the month, month, day of the week. For example, 0 8-18 * * 1-5 runs every hour on the hour from 8:00 to 18:00, Monday to Friday.',
    next: 'Next five runs',
    nextUnknown: 'Fill in the fields above to see the next runs.',
    cancel: 'Cancel',
    save: 'Save',
  },
} as const
