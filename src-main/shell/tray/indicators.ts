import { app } from 'electron'
import type { EngineThread } from '../../engine-thread/engine-thread'
import type { HealthWatch } from '../health/health-watch'
import { log } from '../system/log'
import type { MainWindow } from '../window/main-window'
import { tellPerson } from '../window/tell-person'
import type { SystemTray } from './tray'
import { overlayPicture } from './tray-picture'
import { type TrayState, trayState } from './tray-state'

/** How things are, in the form that tray, badge and window show. */
export function currentTrayState(engine: EngineThread, watch: HealthWatch): TrayState {
  return trayState(engine.state, watch.health, clockTime)
}

/** Keeps tray, badge and the window's progress as the engine is; tells once when sync stops for good. */
export function showHealth(engine: EngineThread, watch: HealthWatch, window: MainWindow, tray: SystemTray): void {
  let hasTold = false
  watch.onChange(() => {
    const state = currentTrayState(engine, watch)
    tray.update(state)
    renderBadge(state, window)
    const { kind } = engine.state
    if (kind === 'ready') hasTold = false
    if (kind !== 'failed' || hasTold) return
    hasTold = true
    const { failure } = engine.state
    // The window shows by itself, over the whole page, that the first start failed.
    if (watch.health === null && !window.isHidden) return
    tellPerson({ title: 'Ledgerdrop: sync has stopped', body: `${failure.message} ${failure.remedy}` }, window).catch((error: unknown) =>
      log.warn('message not shown', error),
    )
  })
}

function renderBadge(state: TrayState, window: MainWindow): void {
  // Does nothing where the desktop has no badges.
  app.setBadgeCount(state.problemCount)
  const current = window.current
  if (current === null) return
  current.setProgressBar(state.isSyncing ? 2 : -1)
  if (process.platform !== 'win32') return
  const needsPerson = state.icon === 'problems' || state.icon === 'stopped'
  current.setOverlayIcon(needsPerson ? overlayPicture(state.icon) : null, needsPerson ? state.tooltip : '')
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

function clockTime(at: string): string {
  return clock.format(new Date(at))
}
