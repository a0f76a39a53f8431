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

/** What runs these commands; the input has been parsed, the role checked. */
export type HandlersOf<Names extends CommandName> = {
  [Name in Names]: (input: ParsedInput<Name>, caller: Caller) => Promise<CommandOutput<Name>>
}
export type Handlers = HandlersOf<CommandName>

/** Who gives commands for which nobody has to be signed in. */
const NOBODY: Caller = { actor: 'Nobody', role: 'viewer' }

/**
 * The one way into the engine: checks that the command exists, that the caller's role allows it and that the input is well-formed, runs it, and
 * answers with an envelope. `identify` says who gives it, or throws why nobody may. Never throws: `unknown-command`, `not-allowed`, `bad-input`, the
 * refusals of `identify`, the command's own failures, `internal-error`.
 */
export async function dispatch(
  handlers: Handlers,
  name: string,
  input: unknown,
  identify: () => Caller | Promise<Caller>,
  log: Log,
): Promise<Result<unknown>> {
  if (!isCommandName(name)) return refuse('unknown-command', `There is no command ${JSON.stringify(String(name).slice(0, 100))}.`)
  const { role, input: schema, isQuery } = COMMANDS[name]
  try {
    const caller = role === 'anyone' ? NOBODY : await identify()
    if (!isAllowed(name, caller.role)) {
      return refuse('not-allowed', `This needs the role ${role}; you have the role ${caller.role}.`, 'Ask an administrator.')
    }
    const parsed = schema.safeParse(input)
    if (!parsed.success) return { ok: false, error: badInput(parsed.error) }
    const handler = handlers[name] as (input: unknown, caller: Caller) => Promise<unknown>
    log.debug(`${name} by ${caller.actor}`)
    const value = await handler(parsed.data, caller)
    // What a person changed and no timeline tells of can be found here. Never the input: it may be a password.
    if (role !== 'viewer' && !isQuery) log.info(`${caller.actor}: ${name}`)
    return { ok: true, value }
  } catch (error) {
    const known = error instanceof FailureError ? error : diskFailure(error)
    return { ok: false, error: known?.toFailure() ?? internalFailure(log, name, error) }
  }
}

function refuse(code: FailureCode, message: string, remedy = 'Check what you entered and try again.'): { ok: false; error: Failure } {
  return { ok: false, error: { code, message, remedy } }
}

/** What a schema tells as a failure of its own stays that; everything else is told by field. */
function badInput(error: ZodError): Failure {
  for (const issue of error.issues) {
    const own = issue.code === 'custom' ? (issue.params?.failure as Failure | undefined) : undefined
    if (own !== undefined) return { ...own, field: issue.path.join('.') }
  }
  return refuse('bad-input', describe(error)).error
}

function describe(error: ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.length === 0 ? 'input' : issue.path.join('.')}: ${issue.message}`)
    .join('; ')
}
