import { log } from '../system/log'
import type { MainWindow } from '../window/main-window'
import { notifyPerson } from '../window/tell-person'
import type { HealthWatch } from './health-watch'
import { NewProblems } from './new-problems'

/** What comes within this time is one notification: a run tells of its orders one after the other. */
const GATHER_MS = 3000
const UNNAMED = { title: 'Ledgerdrop needs you', body: 'There are new problems. Sign in to see them.' }

/** Tells of every new problem by a desktop notification, once; where the system has none, window and tray tell. A click opens Sync > Problems. */
export function notifyOfProblems(watch: HealthWatch, window: MainWindow): void {
  const problems = new NewProblems()
  let timer: NodeJS.Timeout | null = null
  // What was there when the program started is on the screen that the person opened.
  let isFirst = true
  const look = () => {
    timer = null
    const isSeen = window.current?.isFocused() === true || (isFirst && !window.isHidden)
    isFirst = false
    const note = problems.note(watch.problems, isSeen)
    if (note === null) return
    log.info('a new problem is notified')
    // Titles name customers: where nobody is signed in, anybody may be looking.
    const message = { ...(watch.canName ? note : UNNAMED), path: '/sync/problems' }
    notifyPerson(message, window).catch((error: unknown) => log.warn('message not shown', error))
  }
  watch.onProblems(() => {
    if (timer === null) timer = setTimeout(look, GATHER_MS)
  })
}
