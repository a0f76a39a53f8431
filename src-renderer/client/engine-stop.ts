import { create } from 'zustand'
import type { Failure } from '../../src-shared/failure'

/** Set once the engine has stopped: nothing works until it runs again. */
export const useEngineStop = create<{ failure: Failure | null }>(() => ({ failure: null }))

/** Shows the full-page message that the engine cannot work. */
export function reportEngineStop(failure: Failure): void {
  useEngineStop.setState({ failure })
}
