import type { CodeKind, CodeRow } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import { call } from '../client/client'

/** The code as it is stored; null where there is none. Codes are told apart without regard to case. */
export async function findCode(kind: CodeKind, code: string): Promise<Result<CodeRow | null>> {
  const wanted = code.trim().toLowerCase()
  const result = await call('codes.list', { kind, search: wanted, limit: 500 })
  if (!result.ok) return result
  return { ok: true, value: result.value.rows.find((row) => row.code.toLowerCase() === wanted) ?? null }
}

/** Lets one more thing that the store says stand for a code, which is added where it is not there. */
export async function addAlias(kind: CodeKind, code: string, name: string, alias: string): Promise<Failure | null> {
  const found = await findCode(kind, code)
  if (!found.ok) return found.error
  const known = found.value ?? { code: code.trim(), name, aliases: [] }
  const result = await call('codes.save', { kind, code: known.code, name: known.name, aliases: [...known.aliases, alias] })
  return result.ok ? null : result.error
}
