import type { CommandOutput, ParsedInput } from '../../../src-shared/contract/contract'
import { assertNever } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { unknownFailure } from './mail-failures'
import { draftServer, requireAddress } from './mail-settings'

/** Sends a test email now, with settings that may be unsaved. Throws FailureError if they are invalid or the server does not accept the email. */
export async function sendTestMail(
  engine: EngineContext,
  { to, ...input }: ParsedInput<'mail.sendTest'>,
): Promise<CommandOutput<'mail.sendTest'>> {
  const server = await draftServer(engine, input)
  const mail = {
    messageId: `<test-${engine.newId()}@${server.fromAddress.split('@').at(-1)}>`,
    at: engine.clock.now(),
    to: requireAddress(to, 'Test address'),
    subject: 'Test from Ledgerdrop',
    text: 'This email was sent from Ledgerdrop (Settings > Email > Send Test Email). The email settings work.\n',
  }
  const { deliverMail } = await import('./deliver-mail')
  const outcome = await deliverMail(server, mail, { onHandOver: async () => {}, signal: new AbortController().signal })
  switch (outcome.kind) {
    case 'accepted':
      return { answer: outcome.answer }
    case 'server failed':
    case 'refused':
    case 'unknown':
      throw outcome.failure
    case 'stopped':
      throw unknownFailure()
    default:
      return assertNever(outcome)
  }
}
