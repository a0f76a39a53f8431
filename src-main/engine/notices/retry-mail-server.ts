import type { EngineContext } from '../context/context'
import { endNoticePauses } from '../database/notices-store'

/** The key of the problem that is open while the mail server doesn't work. */
export const MAIL_SERVER_PROBLEM = 'mail-server'

/** Closes the problem and makes all waiting notices due. If the mail server still fails, the problem opens again. */
export async function retryMailServer(engine: EngineContext, actor: string): Promise<void> {
  await engine.write(async (work) => {
    await endNoticePauses(work.db)
    await work.closeProblem(MAIL_SERVER_PROBLEM, 'Tried again.', actor)
  })
}
