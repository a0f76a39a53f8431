import type { ZodError } from 'zod'
import {
  COMMANDS,
  type CommandName,
  type CommandOutput,
  isAllowed,
  isCommandName,
  type ParsedInput,
} from '../../../src-shared/contract/contract'
import { type Failure, type FailureCode, FailureError, type Result } from '../../../src-shared/failure'
import type { Caller, Log } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { diskFailure } from '../database/open-database'

/** Handlers for the named commands. Each gets parsed input from a caller whose role has been checked. */
export type HandlersOf<Names extends CommandName> = {
  [Name in Names]: (input: ParsedInput<Name>, caller: Caller) => Promise<CommandOutput<Name>>
}
export type Handlers = HandlersOf<CommandName>

/** The caller of commands that work without signing in. */
const NOBODY: Caller = { actor: 'Nobody', role: 'viewer' }

/**
 * The only way into the engine: checks that the command exists, that the caller's role allows it and that the input is
 * valid, then runs it and returns its result. `identify` returns the caller, or throws a FailureError if there is none,
 * for example because the session is locked. Never throws: the failures are `unknown-command`, `not-allowed`,
 * `bad-input`, those of `identify`, the command's own, and `internal-error`.
 */
export async function dispatch(
  handlers: Handlers,
  name: string,
  input: unknown,
  identify: () => Caller | Promise<Caller>,
  log: Log,
): Promise<Result<unknown>> {
  if (!isCommandName(name)) return refusal('unknown-command', `There is no command ${JSON.stringify(String(name).slice(0, 100))}.`)
  const { role, input: schema, isQuery } = COMMANDS[name]
  try {
    const caller = role === 'anyone' ? NOBODY : await identify()
    if (!isAllowed(name, caller.role)) {
      return refusal('not-allowed', `This needs the role ${role}. Your role is ${caller.role}.`, 'Ask an administrator.')
    }
    const parsed = schema.safeParse(input)
    if (!parsed.success) return { ok: false, error: badInput(parsed.error) }
    const handler = handlers[name] as (input: unknown, caller: Caller) => Promise<unknown>
    log.debug(`${name} by ${caller.actor}`)
    const value = await handler(parsed.data, caller)
    // Some changes are on no timeline, so the log is their only record. Never log the input: it may contain a password.
    if (role !== 'viewer' && !isQuery) log.info(`${caller.actor}: ${name}`)
    return { ok: true, value }
  } catch (error) {
    const known = error instanceof FailureError ? error : diskFailure(error)
    return { ok: false, error: known?.toFailure() ?? internalFailure(log, name, error) }
  }
}

function refusal(code: FailureCode, message: string, remedy = 'Check what you entered and try again.'): { ok: false; error: Failure } {
  return { ok: false, error: { code, message, remedy } }
}

/** Returns a failure that the schema itself defines, with its field; if there is none, lists the issues by field. */
function badInput(error: ZodError): Failure {
  for (const issue of error.issues) {
    const failure = issue.code === 'custom' ? (issue.params?.failure as Failure | undefined) : undefined
    if (failure !== undefined) return { ...failure, field: issue.path.join('.') }
  }
  return refusal('bad-input', describeIssues(error)).error
}

function describeIssues(error: ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.length === 0 ? 'input' : issue.path.join('.')}: ${issue.message}`)
    .join('; ')
}
