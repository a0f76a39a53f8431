import type { Health } from '../../../src-shared/contract/contract'
import { assertNever } from '../../../src-shared/failure'
import type { EngineState } from '../../engine-thread/engine-thread'

/** The icon for the state; also the name of its images in `assets/tray/`. */
export type TrayIcon = 'idle' | 'syncing' | 'problems' | 'paused' | 'stopped'

/** Everything that the tray, the badge and the window's progress show. */
export interface TrayState {
  icon: TrayIcon
  tooltip: string
  problemCount: number
  isSyncing: boolean
  isPaused: boolean
  /** True if Sync Now and Pause are available. */
  canSync: boolean
}

/** Windows cuts tooltips after this many characters. */
const MAX_TOOLTIP_LENGTH = 127

/** Returns what to show for this engine state and the last reported health (null: none yet). */
export function trayState(engine: EngineState, health: Health | null, clockTime: (at: string) => string): TrayState {
  if (engine.kind !== 'ready')
    return { ...NOTHING, icon: engineIcon(engine), tooltip: `Ledgerdrop: ${engineText(engine)}`.slice(0, MAX_TOOLTIP_LENGTH) }
  if (health === null) return { ...NOTHING, icon: 'idle', tooltip: 'Ledgerdrop', canSync: true }
  const { problemCount, isSyncing, isPaused } = health
  const parts = [problemText(problemCount), isSyncing ? 'syncing now' : scheduleText(health, clockTime)]
  const tooltip = `Ledgerdrop: ${parts.filter((part) => part !== '').join(', ')}`.slice(0, MAX_TOOLTIP_LENGTH)
  return { icon: healthIcon(health), tooltip, problemCount, isSyncing, isPaused, canSync: true }
}

const NOTHING = { problemCount: 0, isSyncing: false, isPaused: false, canSync: false }

/** Problems take priority over a running sync, so that errors aren't overlooked. */
function healthIcon({ problemCount, isSyncing, isPaused }: Health): TrayIcon {
  if (problemCount > 0) return 'problems'
  if (isSyncing) return 'syncing'
  return isPaused ? 'paused' : 'idle'
}

function engineIcon(engine: EngineState): TrayIcon {
  return engine.kind === 'starting' ? 'idle' : 'stopped'
}

function engineText(engine: Exclude<EngineState, { kind: 'ready' }>): string {
  switch (engine.kind) {
    case 'starting':
      return 'starting'
    case 'restarting':
      return 'sync has stopped and is restarting'
    case 'failed':
      return `sync has stopped. ${engine.failure.message}`
    case 'stopping':
    case 'stopped':
      return 'closing'
    default:
      return assertNever(engine)
  }
}

function problemText(count: number): string {
  return count === 0 ? '' : count === 1 ? '1 problem needs attention' : `${count} problems need attention`
}

function scheduleText(
  { isPaused, pausedUntil, nextRunAt, problemCount, pendingCount, stalledSince }: Health,
  clockTime: (at: string) => string,
): string {
  if (stalledSince !== null) return `nothing has run since ${clockTime(stalledSince)}`
  if (isPaused) return `automatic sync is paused${pausedUntil === null ? '' : ` until ${clockTime(pausedUntil)}`}`
  const waiting = pendingCount === 1 ? '1 order waiting' : pendingCount > 1 ? `${pendingCount} orders waiting` : ''
  const next = nextRunAt === null ? '' : `next sync at ${clockTime(nextRunAt)}`
  const text = [waiting, next].filter((part) => part !== '').join(', ')
  return text !== '' || problemCount > 0 ? text : 'nothing to do'
}
