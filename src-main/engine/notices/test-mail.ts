import type { CommandOutput, ParsedInput } from '../../../src-shared/contract/contract'
import { assertNever } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { unknownFailure } from './mail-failures'
import { draftServer, requireAddress } from './mail-settings'

/** Send a Test: one mail, now, with settings that need not be saved. Throws what the settings or the server refuse. */
export async function sendTestMail(
  engine: EngineContext,
  { to, ...input }: ParsedInput<'mail.sendTest'>,
): Promise<CommandOutput<'mail.sendTest'>> {
  const server = await draftServer(engine, input)
  const mail = {
    messageId: `<test-${engine.newId()}@${server.fromAddress.split('@').at(-1)}>`,
    at: engine.clock.now(),
    to: requireAddress(to, 'Send a test to'),
    subject: 'Test from Ledgerdrop',
    text: 'This mail was sent by Settings, E-mail, Send a Test. The mail settings work.\n',
  }
  const { deliverMail } = await import('./deliver-mail')
  const outcome = await deliverMail(server, mail, { onHandOver: async () => {}, signal: new AbortController().signal })
  switch (outcome.kind) {
    case 'taken':
      return { answer: outcome.answer }
    case 'server':
    case 'notice':
    case 'unknown':
      throw outcome.failure
    case 'stopped':
      throw unknownFailure()
    default:
      return assertNever(outcome)
  }
}
