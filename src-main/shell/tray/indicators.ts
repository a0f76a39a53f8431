import { app } from 'electron'
import type { EngineThread } from '../../engine-thread/engine-thread'
import type { HealthWatch } from '../health/health-watch'
import { log } from '../system/log'
import type { MainWindow } from '../window/main-window'
import { notifyPerson } from '../window/notify-person'
import type { SystemTray } from './tray'
import { overlayImage } from './tray-image'
import { type TrayState, trayState } from './tray-state'

/** The current state for the tray, badge and window. */
export function currentTrayState(engine: EngineThread, watch: HealthWatch): TrayState {
  return trayState(engine.state, watch.health, clockTime)
}

/** Keeps the tray, the badge and the window's progress up to date, and notifies the person once if sync has stopped permanently. */
export function showHealth(engine: EngineThread, watch: HealthWatch, window: MainWindow, tray: SystemTray): void {
  let hasNotified = false
  watch.onChange(() => {
    const state = currentTrayState(engine, watch)
    tray.update(state)
    renderBadge(state, window)
    const { kind } = engine.state
    if (kind === 'ready') hasNotified = false
    if (kind !== 'failed' || hasNotified) return
    hasNotified = true
    const { failure } = engine.state
    // If the first start fails, the window's whole page already shows the failure.
    if (watch.health === null && !window.isHidden) return
    notifyPerson({ title: 'Ledgerdrop: sync has stopped', body: `${failure.message} ${failure.remedy}` }, window).catch((error: unknown) =>
      log.warn('message not shown', error),
    )
  })
}

function renderBadge(state: TrayState, window: MainWindow): void {
  // Does nothing on desktops without badges.
  app.setBadgeCount(state.problemCount)
  const current = window.current
  if (current === null) return
  current.setProgressBar(state.isSyncing ? 2 : -1)
  if (process.platform !== 'win32') return
  const needsAttention = state.icon === 'problems' || state.icon === 'stopped'
  current.setOverlayIcon(needsAttention ? overlayImage(state.icon) : null, needsAttention ? state.tooltip : '')
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

function clockTime(at: string): string {
  return clock.format(new Date(at))
}
