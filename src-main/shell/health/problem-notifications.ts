import { log } from '../system/log'
import type { MainWindow } from '../window/main-window'
import { notifyIfSupported } from '../window/notify-person'
import type { HealthWatch } from './health-watch'
import { NewProblems } from './new-problems'

/** Problems that appear within this time share a notification, because a run reports its orders one after the other. */
const COLLECT_MS = 3000
const UNNAMED = { title: 'Ledgerdrop needs attention', body: 'There are new problems. Sign in to see them.' }

/** Shows a desktop notification once for every new problem, if the system has notifications. A click on it opens Sync > Problems. */
export function notifyOfProblems(watch: HealthWatch, window: MainWindow): void {
  const problems = new NewProblems()
  let timer: NodeJS.Timeout | null = null
  // Problems that exist at the start are already visible in the window that the person opened.
  let isFirst = true
  const notify = () => {
    timer = null
    const isSeen = window.current?.isFocused() === true || (isFirst && !window.isHidden)
    isFirst = false
    const notification = problems.notificationFor(watch.problems, isSeen)
    if (notification === null) return
    log.info('notification about new problems')
    // Titles name customers, so they aren't shown while nobody is signed in.
    const message = { ...(watch.canShowNames ? notification : UNNAMED), path: '/sync/problems' }
    notifyIfSupported(message, window).catch((error: unknown) => log.warn('message not shown', error))
  }
  watch.onProblems(() => {
    if (timer === null) timer = setTimeout(notify, COLLECT_MS)
  })
}
