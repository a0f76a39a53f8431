import type { EngineContext } from '../context/context'
import { endNoticePauses } from '../database/notices-store'
import { closeProblem } from '../database/problems-store'

/** The key of the problem that stands for the mail server as a whole. */
export const MAIL_SERVER_PROBLEM = 'mail-server'

/** What waits for the mail server is tried at once; if that still fails, the problem is there again. */
export async function tryMailServer(engine: EngineContext, actor: string): Promise<void> {
  await endNoticePauses(engine.db)
  await closeProblem(engine.db, MAIL_SERVER_PROBLEM, { at: engine.now(), actor, reason: 'Tried again.' })
}
