import type { Health } from '../../../src-shared/contract/contract'
import { assertNever } from '../../../src-shared/failure'
import type { EngineState } from '../../engine-thread/engine-thread'

/** What the icon says at a glance; the names of its pictures in `assets/tray/`. */
export type TrayIcon = 'idle' | 'syncing' | 'problems' | 'paused' | 'stopped'

/** All that the tray, the badge and the window's progress show. */
export interface TrayState {
  icon: TrayIcon
  tooltip: string
  problemCount: number
  isSyncing: boolean
  isPaused: boolean
  /** Sync Now and Pause do something. */
  canSync: boolean
}

/** Windows cuts a tooltip here. */
const LONGEST_TOOLTIP = 127

/** What to show for an engine in this state that last said this of itself (null: nothing yet). */
export function trayState(engine: EngineState, health: Health | null, clockTime: (at: string) => string): TrayState {
  if (engine.kind !== 'ready')
    return { ...NOTHING, icon: restIcon(engine), tooltip: `Ledgerdrop: ${restWords(engine)}`.slice(0, LONGEST_TOOLTIP) }
  if (health === null) return { ...NOTHING, icon: 'idle', tooltip: 'Ledgerdrop', canSync: true }
  const { problemCount, isSyncing, isPaused } = health
  const parts = [problemWords(problemCount), isSyncing ? 'syncing now' : scheduleWords(health, clockTime)]
  const tooltip = `Ledgerdrop: ${parts.filter((part) => part !== '').join(', ')}`.slice(0, LONGEST_TOOLTIP)
  return { icon: healthIcon(health), tooltip, problemCount, isSyncing, isPaused, canSync: true }
}

const NOTHING = { problemCount: 0, isSyncing: false, isPaused: false, canSync: false }

/** A problem is shown even while a sync runs: an error that nobody saw is what people fear. */
function healthIcon({ problemCount, isSyncing, isPaused }: Health): TrayIcon {
  if (problemCount > 0) return 'problems'
  if (isSyncing) return 'syncing'
  return isPaused ? 'paused' : 'idle'
}

function restIcon(engine: EngineState): TrayIcon {
  return engine.kind === 'starting' ? 'idle' : 'stopped'
}

function restWords(engine: Exclude<EngineState, { kind: 'ready' }>): string {
  switch (engine.kind) {
    case 'starting':
      return 'starting'
    case 'restarting':
      return 'sync has stopped and is being started again'
    case 'failed':
      return `sync has stopped. ${engine.failure.message}`
    case 'stopping':
    case 'stopped':
      return 'closing'
    default:
      return assertNever(engine)
  }
}

function problemWords(count: number): string {
  return count === 0 ? '' : count === 1 ? '1 problem needs you' : `${count} problems need you`
}

function scheduleWords(
  { isPaused, pausedUntil, nextRunAt, problemCount, pendingCount, silentSince }: Health,
  clockTime: (at: string) => string,
): string {
  if (silentSince !== null) return `nothing has run since ${clockTime(silentSince)}`
  if (isPaused) return `automatic sync is paused${pausedUntil === null ? '' : ` until ${clockTime(pausedUntil)}`}`
  const waiting = pendingCount === 1 ? '1 order waiting' : pendingCount > 1 ? `${pendingCount} orders waiting` : ''
  const next = nextRunAt === null ? '' : `next sync at ${clockTime(nextRunAt)}`
  const words = [waiting, next].filter((part) => part !== '').join(', ')
  return words !== '' || problemCount > 0 ? words : 'nothing to do'
}
