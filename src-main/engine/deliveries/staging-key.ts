import type { EngineContext } from '../context/context'
import { findStagingMark } from '../database/workspace-store'
import type { StagingKey } from './staging-folder'

/** Returns the key of a destination's staging folder in a drop folder, which other workspaces and destinations may use too. */
export async function stagingKey(engine: EngineContext, destinationId: number, folder: string): Promise<StagingKey> {
  const { token } = engine.workspace
  const mark = (await findStagingMark(engine.db, destinationId, folder)) ?? null
  return { name: stagingName(token.workspaceId, destinationId), owner: token, mark }
}

/** Returns the name of a destination's staging folder. */
export function stagingName(workspaceId: string, destinationId: number): string {
  return `${workspaceId}-${destinationId.toString(36)}`
}
