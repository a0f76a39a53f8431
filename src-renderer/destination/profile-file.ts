import type { DestinationRow } from '../../src-shared/contract/contract'
import { call, openText, saveText } from '../client/client'
import { destinationText } from '../text/destination-text'
import { notifyDone, notifyFailure, notifyIfFailed } from '../widgets/notify'
import { withProfile } from './destination-draft'
import type { EditedDestination } from './use-destination-draft'

const text = destinationText.page

/** Exports the saved profile settings of a destination to a file that the user chooses. */
export async function exportProfile(destination: DestinationRow, isDirty: boolean): Promise<void> {
  const result = await call('settings.exportProfile', { destinationId: destination.id })
  if (!result.ok) {
    notifyFailure(result.error)
    return
  }
  const saved = await saveText(result.value.fileName, result.value.text)
  if (!notifyIfFailed(saved) || !saved.ok || saved.value === null) return
  notifyDone(isDirty ? text.exportedAsSaved(saved.value) : text.exported(saved.value))
}

/** Loads profile settings into the page from a file that the user chooses, without saving them. */
export async function importProfile(edited: EditedDestination): Promise<void> {
  const opened = await openText('json')
  if (!notifyIfFailed(opened) || !opened.ok || opened.value === null) return
  const result = await call('settings.parseProfile', { text: opened.value.text })
  if (!result.ok) {
    notifyFailure(result.error)
    return
  }
  const { settings } = result.value
  edited.change(settings.profile === edited.draft.profile ? { settings } : { ...withProfile(settings.profile), settings })
  notifyDone(text.imported(opened.value.name))
}
