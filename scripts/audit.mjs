import { ExpectedFailure, runAsProgram } from './expected-failure.mjs'
import { auditText, readAudit } from './read-audit.mjs'
import { runNpm } from './run-command.mjs'
import { isShippedPlace } from './shipped-licences.mjs'

const FOUND = 1
const NOT_DONE = 3

/** `npm run audit`: are holes known in the packages? 0: none; 1: these; 3: it could not be looked up, which says nothing either way. */
await runAsProgram(async () => {
  const { output } = await runNpm(['audit', '--json', '--package-lock-only'], { stdio: 'collect', limitMs: 120_000 })
  const audit = readAudit(output, isShippedPlace())
  if (!audit.isDone) {
    throw new ExpectedFailure(
      `Not audited: ${audit.why}. Whether holes are known in the packages could not be looked up.`,
      'Run it again where the registry offers audits, before anything is delivered.',
      NOT_DONE,
    )
  }
  process.stdout.write(`${auditText(audit.findings)}\n`)
  return audit.findings.length === 0 ? 0 : FOUND
})
