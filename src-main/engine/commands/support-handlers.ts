import type { SUPPORT_COMMANDS } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { saveSupportSettings, supportSettings } from '../support/support-settings'
import type { HandlersOf } from './dispatcher'

/** Handlers for support tickets and support files. */
export function supportHandlers(engine: EngineContext, version: string): HandlersOf<keyof typeof SUPPORT_COMMANDS> {
  return {
    'support.settings': () => supportSettings(engine),
    'support.saveSettings': (input) => saveSupportSettings(engine, input),
    'support.makeBundle': async (input) => (await import('../support/make-bundle')).makeBundle(engine, version, input),
  }
}
