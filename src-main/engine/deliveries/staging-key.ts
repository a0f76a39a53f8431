import type { EngineContext } from '../context/context'
import { findStagingMark } from '../database/workspace-store'
import type { StagingKey } from './staging-folder'

/** What a destination's staging folder in a drop folder is looked at with. Other workspaces and destinations may use the same drop folder. */
export async function stagingKey(engine: EngineContext, destinationId: number, folder: string): Promise<StagingKey> {
  const { token } = engine.workspace
  const mark = (await findStagingMark(engine.db, destinationId, folder)) ?? null
  return { name: stagingName(token.workspaceId, destinationId), owner: token, mark }
}

/** The name of a destination's own staging folder. */
export function stagingName(workspaceId: string, destinationId: number): string {
  return `${workspaceId}-${destinationId.toString(36)}`
}
