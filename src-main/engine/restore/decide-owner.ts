import { randomUUID } from 'node:crypto'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { Work } from '../context/work'
import { deleteStagingMarks, forfeitStaging, saveWorkspace } from '../database/workspace-store'
import { type OwnerToken, writeOwnerToken } from '../files/owner-token'
import { highestSeenEpoch, isAboutUseElsewhere, OWNERSHIP_PROBLEM, unansweredQuestion } from '../ownership/ownership-question'
import { currentLocation } from '../ownership/workspace-location'
import { writeMarker } from '../ownership/workspace-marker'
import { dropAllUpdates } from '../store-updates/resolve-updates'
import { holdNotices } from './finish-restore'
import { markUnsentForReview } from './mark-unsent-for-review'

const OTHER_MAY_HAVE_SENT = 'Another copy of this workspace was in use and may have sent this order.'
const ORIGINAL_MAY_SEND = 'This workspace is a copy: the original may have sent this order, or may still send it.'

/**
 * Handles Continue Here: a person has decided that the office works with this workspace. If another copy has used a
 * drop folder in the meantime, every order that it may have sent needs review. Returns the number of these orders.
 * Throws FailureError `nothing-to-decide`.
 */
export async function continueHere(engine: EngineContext, actor: string): Promise<{ reviewed: number }> {
  const question = await requireQuestion(engine)
  return decide(engine, actor, 'Continue Here', engine.workspace.id, async (work) => {
    if (!isAboutUseElsewhere(question)) return 0
    await forfeitStaging(work.db)
    return markUnsentForReview(work, OTHER_MAY_HAVE_SENT)
  })
}

/**
 * Handles This Is a Copy: a person has decided that this workspace is a copy. It becomes a separate workspace. Orders
 * that the original may send need review and aren't sent from here automatically. Returns the number of these orders.
 * The caller pauses automatic sync. Throws FailureError `nothing-to-decide`.
 */
export async function becomeCopy(engine: EngineContext, actor: string): Promise<{ reviewed: number }> {
  await requireQuestion(engine)
  const id = randomUUID()
  // Write the new marker first: if Ledgerdrop stops right afterwards, the next start treats the database as another
  // workspace's, and its unsent orders still need review.
  await writeMarker(engine.workspace.folder, id)
  return decide(engine, actor, 'This Is a Copy', id, async (work) => {
    await deleteStagingMarks(work.db)
    await holdNotices(work, ORIGINAL_MAY_SEND)
    await dropAllUpdates(work, 'this workspace is a copy, and the original writes it')
    return markUnsentForReview(work, ORIGINAL_MAY_SEND)
  })
}

async function requireQuestion(engine: EngineContext) {
  const question = await unansweredQuestion(engine.db)
  if (question !== null) return question
  throw new FailureError({
    code: 'nothing-to-decide',
    message: 'There is no open question about which copy of this workspace is the real one.',
    remedy: 'Nothing was changed. Ledgerdrop asks when a workspace has been copied or moved.',
  })
}

/**
 * Closes the question, and raises this start's epoch above every epoch that was seen, so that any other copy in use
 * asks the question again.
 */
async function decide(
  engine: EngineContext,
  actor: string,
  decision: string,
  workspaceId: string,
  apply: (work: Work) => Promise<number>,
): Promise<{ reviewed: number }> {
  const { workspace } = engine
  const before = workspace.fence.epoch
  const epoch = Math.max(workspace.token.epoch, await highestSeenEpoch(engine.db)) + 1
  const here = await currentLocation(workspace.folder)
  const owner: OwnerToken = { workspaceId, epoch, token: randomUUID(), ...here }
  let reviewed = 0
  try {
    await engine.write(async (work) => {
      reviewed = await apply(work)
      await work.closeProblem(OWNERSHIP_PROBLEM, decision, actor)
      await saveWorkspace(work.db, { id: workspaceId, epoch, token: owner.token, folder: here.folder, computer: here.computer })
      workspace.fence.epoch = epoch
      work.onCommit(() => {
        workspace.id = workspaceId
        workspace.token = owner
      })
    })
  } catch (error) {
    workspace.fence.epoch = before
    throw error
  }
  await writeOwnerToken(workspace.folder, owner)
  engine.question = null
  engine.log.info(`${actor}: ${decision}`)
  return { reviewed }
}
