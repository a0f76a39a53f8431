import type { Failure, FailureCode } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { Database } from '../database/open-database'
import { findOpenProblem } from '../database/problems-store'
import { readSetting, writeSetting } from '../database/settings-store'
import { storedFailure } from '../database/stored-failure'
import type { OwnerToken } from '../files/owner-token'
import type { WorkspaceLocation } from './workspace-location'

/** The key of the problem that stops all sync tasks until a person has decided which copy of the workspace is the real one. */
export const OWNERSHIP_PROBLEM = 'ownership'
const SEEN_EPOCH = 'ownershipSeenEpoch'
const MOVED = 'workspace-moved'
const USED_ELSEWHERE = 'workspace-used-elsewhere'

const REMEDY =
  'Nothing is read, sent or deleted until you decide. If this is the workspace that the office works with, and no other copy of it is in use, choose Continue Here. If it is a copy, for example for a test, choose This Is a Copy.'

/** Returns the question about ownership that a person still has to answer; null if there is none. */
export async function unansweredQuestion(db: Database): Promise<Failure | null> {
  const problem = await findOpenProblem(db, OWNERSHIP_PROBLEM)
  return problem === undefined ? null : storedFailure(problem.code, problem.message, problem.remedy)
}

/** Asks whether the workspace was moved or copied, because it was opened in a different place. */
export async function askAfterMove(engine: EngineContext, from: WorkspaceLocation): Promise<void> {
  if ((await unansweredQuestion(engine.db)) !== null) return
  await ask(engine, 0, {
    code: MOVED,
    message: `This workspace was copied or moved: it was last used in ${from.folder} on the computer ${from.computer}, and is now open in ${engine.workspace.folder}. If two copies send orders, orders are entered twice.`,
    folder: engine.workspace.folder,
  })
}

/**
 * Asks which copy is the real one, because a staging folder was used by another copy of this workspace, or by this
 * workspace before it was reset to an older state.
 */
export async function askAboutFolder(engine: EngineContext, folder: string, other: OwnerToken | null, seenEpoch: number): Promise<void> {
  const lastUse = other === null ? '' : ` The drop folder was last used from ${other.folder} on the computer ${other.computer}.`
  await ask(engine, seenEpoch, {
    code: USED_ELSEWHERE,
    message: `The drop folder ${folder} was used by another copy of this workspace, or this workspace was reset to an older state.${lastUse} Orders that are waiting here may already have been sent by that copy or before the reset.`,
    folder,
  })
}

async function ask(
  engine: EngineContext,
  seenEpoch: number,
  question: { code: FailureCode; message: string; folder: string },
): Promise<void> {
  await engine.write(async (work) => {
    const before = await readSetting(work.db, SEEN_EPOCH, 0)
    await writeSetting(work.db, SEEN_EPOCH, Math.max(before, seenEpoch))
    const title = 'Which copy of this workspace is the real one?'
    await work.saveProblem({ key: OWNERSHIP_PROBLEM, kind: 'ownership', title, remedy: REMEDY, ...question })
  })
  engine.question = await unansweredQuestion(engine.db)
  engine.log.error(question.message)
}

/**
 * Returns the highest epoch that was seen in a staging folder and that this database didn't assign; 0 if there was
 * none.
 */
export function highestSeenEpoch(db: Database): Promise<number> {
  return readSetting(db, SEEN_EPOCH, 0)
}

/** True if another copy may have sent orders that are waiting here. */
export function isAboutUseElsewhere(question: Failure): boolean {
  return question.code === USED_ELSEWHERE
}
