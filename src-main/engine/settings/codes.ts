import type { CodeKind, CodeRow, ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { codeKey, findCode, removeCode, restoreCode, saveCode } from '../database/codes-store'
import type { Database } from '../database/open-database'

/** Adds a code, changes it, or gives it another name. Throws FailureError `code-missing`, `code-taken`. */
export async function storeCode(engine: EngineContext, { kind, was, ...row }: ParsedInput<'codes.save'>): Promise<CodeRow> {
  const aliases = [...new Set(row.aliases.map(codeKey))].sort()
  return engine.write(async ({ db }) => {
    const isRenamed = was !== undefined && codeKey(was) !== codeKey(row.code)
    if (isRenamed) {
      await requireCode(db, kind, was)
      if ((await findCode(db, kind, row.code)) !== undefined) throw codeTaken(kind, row.code)
    }
    await saveCode(db, kind, { ...row, aliases }, engine.now())
    if (isRenamed) await removeCode(db, kind, was)
    return requireCode(db, kind, row.code)
  })
}

/** Removes a code and gives it as it was. Throws FailureError `code-missing`. */
export async function forgetCode(engine: EngineContext, { kind, code }: ParsedInput<'codes.remove'>): Promise<CodeRow> {
  return engine.write(async ({ db }) => {
    const row = await requireCode(db, kind, code)
    await removeCode(db, kind, code)
    return row
  })
}

/** Undoes `forgetCode`. Throws FailureError `code-taken` where the code is there again. */
export async function bringBackCode(engine: EngineContext, { kind, ...row }: ParsedInput<'codes.restore'>): Promise<CodeRow> {
  return engine.write(async ({ db }) => {
    if ((await findCode(db, kind, row.code)) !== undefined) throw codeTaken(kind, row.code)
    await restoreCode(db, kind, row, engine.now())
    return requireCode(db, kind, row.code)
  })
}

async function requireCode(db: Database, kind: CodeKind, code: string): Promise<CodeRow> {
  const row = await findCode(db, kind, code)
  if (row !== undefined) return row
  throw new FailureError({ code: 'code-missing', message: `There is no ${kind} with the code ${code}.`, remedy: 'Look at the list again.' })
}

function codeTaken(kind: CodeKind, code: string): FailureError {
  return new FailureError({
    code: 'code-taken',
    message: `There is a ${kind} with the code ${code} already.`,
    remedy: 'Look at the list again, and edit that code.',
  })
}
