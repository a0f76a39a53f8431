import { describe, expect, test } from 'vitest'
import type { EngineState } from '../../../../../src-main/engine-thread/engine-thread'
import { trayState } from '../../../../../src-main/shell/tray/tray-state'
import type { Health } from '../../../../../src-shared/contract/contract'
import type { Failure } from '../../../../../src-shared/failure'

const READY: EngineState = { kind: 'ready' }
const HEALTHY: Health = {
  problemCount: 0,
  isSyncing: false,
  isPaused: false,
  stalledSince: null,
  pausedUntil: null,
  unreachable: null,
  question: null,
  lastWrittenAt: null,
  nextRunAt: '2026-03-02T14:05:00.000Z',
  pendingCount: 0,
}
const failure: Failure = { code: 'workspace-locked', message: 'The workspace is open elsewhere.', remedy: 'Quit it.' }
const stateOf = (health: Partial<Health> | null, engine: EngineState = READY) =>
  trayState(engine, health === null ? null : { ...HEALTHY, ...health }, (at) => at.slice(11, 16))

describe('the state of the tray', () => {
  test.each([
    [{}, 'idle', 'Ledgerdrop: next sync at 14:05'],
    [{ pendingCount: 1 }, 'idle', 'Ledgerdrop: 1 order waiting, next sync at 14:05'],
    [{ pendingCount: 3, nextRunAt: null }, 'idle', 'Ledgerdrop: 3 orders waiting'],
    [{ nextRunAt: null }, 'idle', 'Ledgerdrop: nothing to do'],
    [{ isSyncing: true }, 'syncing', 'Ledgerdrop: syncing now'],
    [{ isPaused: true }, 'paused', 'Ledgerdrop: automatic sync is paused'],
    [{ isPaused: true, pausedUntil: '2026-03-02T15:05:00.000Z' }, 'paused', 'Ledgerdrop: automatic sync is paused until 15:05'],
    [{ problemCount: 1 }, 'problems', 'Ledgerdrop: 1 problem needs attention, next sync at 14:05'],
    [{ problemCount: 2, isSyncing: true }, 'problems', 'Ledgerdrop: 2 problems need attention, syncing now'],
    [{ problemCount: 2, isPaused: true }, 'problems', 'Ledgerdrop: 2 problems need attention, automatic sync is paused'],
    [{ problemCount: 2, nextRunAt: null }, 'problems', 'Ledgerdrop: 2 problems need attention'],
  ] as const)('%j: %s', (health, icon, tooltip) => {
    expect(stateOf(health)).toMatchObject({ icon, tooltip, canSync: true })
  })

  test.each([
    [{ kind: 'starting' }, 'idle', 'Ledgerdrop: starting'],
    [{ kind: 'restarting', failure }, 'stopped', 'Ledgerdrop: sync has stopped and is restarting'],
    [{ kind: 'failed', failure }, 'stopped', 'Ledgerdrop: sync has stopped. The workspace is open elsewhere.'],
    [{ kind: 'stopping' }, 'stopped', 'Ledgerdrop: closing'],
  ] as const)('an engine that is %j: %s', (engine, icon, tooltip) => {
    expect(stateOf({ problemCount: 4 }, engine)).toMatchObject({ icon, tooltip, canSync: false })
  })

  test('a tooltip fits the limit of Windows', () => {
    const long = { ...failure, message: 'x'.repeat(500) }
    expect(stateOf(null, { kind: 'failed', failure: long }).tooltip.length).toBeLessThanOrEqual(127)
  })
})
