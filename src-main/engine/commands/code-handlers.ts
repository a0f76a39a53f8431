import type { CODE_COMMANDS } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { listCodes } from '../database/codes-store'
import { bringBackCode, forgetCode, storeCode } from '../settings/codes'
import type { HandlersOf } from './dispatcher'

/** The accounting package's customer and product codes. */
export function codeHandlers(engine: EngineContext): HandlersOf<keyof typeof CODE_COMMANDS> {
  return {
    'codes.list': ({ kind, search, after, limit }) => listCodes(engine.db, kind, search, after, limit),
    'codes.save': (input) => storeCode(engine, input),
    'codes.remove': (input) => forgetCode(engine, input),
    'codes.restore': (input) => bringBackCode(engine, input),
  }
}
