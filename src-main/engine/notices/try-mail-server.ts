import type { EngineContext } from '../context/context'
import { endNoticePauses } from '../database/notices-store'

/** The key of the problem that stands for the mail server as a whole. */
export const MAIL_SERVER_PROBLEM = 'mail-server'

/** What waits for the mail server is tried at once; if that still fails, the problem is there again. */
export async function tryMailServer(engine: EngineContext, actor: string): Promise<void> {
  await engine.write(async (work) => {
    await endNoticePauses(work.db)
    await work.closeProblem(MAIL_SERVER_PROBLEM, 'Tried again.', actor)
  })
}
