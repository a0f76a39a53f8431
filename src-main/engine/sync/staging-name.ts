import type { EngineContext } from '../context'

/** The name of a destination's own staging folder: other workspaces and destinations may use the same drop folder. */
export function stagingName(engine: EngineContext, destinationId: number): string {
  return `${engine.workspace.id}-${destinationId.toString(36)}`
}
