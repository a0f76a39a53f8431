import { ExpectedFailure, runAsProgram } from './expected-failure.mjs'
import { auditText, readAudit } from './read-audit.mjs'
import { runNpm } from './run-command.mjs'
import { shippedPathChecker } from './shipped-licences.mjs'

const FOUND = 1
const FAILED = 3

/** `npm run audit`: lists known vulnerabilities in the packages. Exit code 0: none; 1: some; 3: unknown, because the audit failed. */
await runAsProgram(async () => {
  const { output } = await runNpm(['audit', '--json', '--package-lock-only'], { stdio: 'collect', limitMs: 120_000 })
  const audit = readAudit(output, shippedPathChecker())
  if (!audit.isDone) {
    throw new ExpectedFailure(
      `The audit failed: ${audit.reason}. It is unknown whether the packages have vulnerabilities.`,
      'Before you release anything, run it again with a registry that supports audits.',
      FAILED,
    )
  }
  process.stdout.write(`${auditText(audit.findings)}\n`)
  return audit.findings.length === 0 ? 0 : FOUND
})
