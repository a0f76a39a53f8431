import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import type { ImportResult } from '../importers/import-orders'
import { fileTag } from '../logs/file-tag'

type NotImported = Extract<ImportResult, { ok: false }>

/** Returns why a document was rejected. An error in the program goes into the log, and the message gives the number by which to find it. */
export function importFailure(engine: EngineContext, source: { name: string }, name: string, { failure, fault }: NotImported): Failure {
  if (fault === undefined) return failure
  const { message } = internalFailure(engine.log, `${source.name}: ${fileTag(name)}: reading`, fault)
  return { ...failure, message: `${failure.message} ${message}` }
}
