import type { CodeKind, CodeRow, ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { codeKey, findCode, removeCode, restoreCode, saveCode } from '../database/codes-store'
import type { Database } from '../database/open-database'

/** Adds, changes or renames a code. Throws FailureError `code-missing`, `code-taken`. */
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

/** Deletes a code and returns it as it was. Throws FailureError `code-missing`. */
export async function deleteCode(engine: EngineContext, { kind, code }: ParsedInput<'codes.remove'>): Promise<CodeRow> {
  return engine.write(async ({ db }) => {
    const row = await requireCode(db, kind, code)
    await removeCode(db, kind, code)
    return row
  })
}

/** Undoes `deleteCode`. Throws FailureError `code-taken` if the code exists again. */
export async function undeleteCode(engine: EngineContext, { kind, ...row }: ParsedInput<'codes.restore'>): Promise<CodeRow> {
  return engine.write(async ({ db }) => {
    if ((await findCode(db, kind, row.code)) !== undefined) throw codeTaken(kind, row.code)
    await restoreCode(db, kind, row, engine.now())
    return requireCode(db, kind, row.code)
  })
}

async function requireCode(db: Database, kind: CodeKind, code: string): Promise<CodeRow> {
  const row = await findCode(db, kind, code)
  if (row !== undefined) return row
  throw new FailureError({
    code: 'code-missing',
    message: `There is no ${kind} with the code ${code}.`,
    remedy: 'Check the list of codes.',
  })
}

function codeTaken(kind: CodeKind, code: string): FailureError {
  return new FailureError({
    code: 'code-taken',
    message: `A ${kind} with the code ${code} already exists.`,
    remedy: 'Edit that code in the list instead.',
  })
}
