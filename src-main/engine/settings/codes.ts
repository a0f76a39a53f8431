import type { CodeRow, ParsedInput } from '../../../src-shared/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context'
import { removeCode, saveCode } from '../database/codes-store'

/** Adds a code or changes it. */
export async function storeCode(engine: EngineContext, { kind, ...row }: ParsedInput<'codes.save'>): Promise<CodeRow> {
  const aliases = [...new Set(row.aliases.map((alias) => alias.toLowerCase()))].sort()
  await engine.db.transaction().execute((trx) => saveCode(trx, kind, { ...row, aliases }, engine.now()))
  return { ...row, aliases, isListed: true }
}

/** Removes a code. Throws FailureError `code-missing`. */
export async function forgetCode(engine: EngineContext, { kind, code }: ParsedInput<'codes.remove'>): Promise<{ code: string }> {
  if (await removeCode(engine.db, kind, code)) return { code }
  throw new FailureError({ code: 'code-missing', message: `There is no ${kind} with the code ${code}.`, remedy: 'Look at the list again.' })
}
