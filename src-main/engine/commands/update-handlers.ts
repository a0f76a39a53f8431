import type { UPDATE_COMMANDS } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { updateSettings } from '../updates/update-records'
import type { UpdateWatch } from '../updates/update-watch'
import type { HandlersOf } from './dispatcher'

/** Handlers for checking for newer versions. */
export function updateHandlers(engine: EngineContext, updates: UpdateWatch): HandlersOf<keyof typeof UPDATE_COMMANDS> {
  return {
    'updates.get': () => updates.state(),
    'updates.getSettings': () => updateSettings(engine.db),
    'updates.saveSettings': (input) => updates.saveSettings(input),
    'updates.look': () => updates.checkNow(),
    'updates.hide': ({ version }, { role }) => updates.hide(version, role),
  }
}
