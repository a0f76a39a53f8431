import type { CodeKind, CodeRow } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import { call } from '../client/client'

/** Finds a code, ignoring case; null if there is none. */
export async function findCode(kind: CodeKind, code: string): Promise<Result<CodeRow | null>> {
  const wanted = code.trim().toLowerCase()
  const result = await call('codes.list', { kind, search: wanted, limit: 500 })
  if (!result.ok) return result
  return { ok: true, value: result.value.rows.find((row) => row.code.toLowerCase() === wanted) ?? null }
}

/** Adds an alias to a code, and adds the code if it doesn't exist. Returns the failure, or null. */
export async function addAlias(kind: CodeKind, code: string, name: string, alias: string): Promise<Failure | null> {
  const found = await findCode(kind, code)
  if (!found.ok) return found.error
  const codeRow = found.value ?? { code: code.trim(), name, aliases: [] }
  const result = await call('codes.save', { kind, code: codeRow.code, name: codeRow.name, aliases: [...codeRow.aliases, alias] })
  return result.ok ? null : result.error
}
