import type { CODE_COMMANDS } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { listCodes } from '../database/codes-store'
import { deleteCode, storeCode, undeleteCode } from '../settings/codes'
import type { HandlersOf } from './dispatcher'

/** Handlers for the accounting package's customer and product codes. */
export function codeHandlers(engine: EngineContext): HandlersOf<keyof typeof CODE_COMMANDS> {
  return {
    'codes.list': ({ kind, search, after, limit }) => listCodes(engine.db, kind, search, after, limit),
    'codes.save': (input) => storeCode(engine, input),
    'codes.remove': (input) => deleteCode(engine, input),
    'codes.restore': (input) => undeleteCode(engine, input),
  }
}
