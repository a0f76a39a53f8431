import { create } from 'zustand'
import type { Failure } from '../../src-shared/failure'

/** The reason why the engine stopped, or null while it is running. */
export const useEngineStop = create<{ failure: Failure | null }>(() => ({ failure: null }))

/** Shows the full-page message that the engine has stopped. */
export function reportEngineStop(failure: Failure): void {
  useEngineStop.setState({ failure })
}
