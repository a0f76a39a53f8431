import type { DestinationRow } from '../../src-shared/contract/contract'
import { call, openText, saveText } from '../client/client'
import { destinationText } from '../text/destination-text'
import { notifyDone, notifyFailure, notifyIfFailed } from '../widgets/notify'
import { withProfile } from './destination-draft'
import type { EditedDestination } from './use-destination-draft'

const WORDS = destinationText.page

/** Saves a destination's profile settings to a file that the person chooses. */
export async function exportProfile(destination: DestinationRow, isDirty: boolean): Promise<void> {
  const result = await call('settings.exportProfile', { destinationId: destination.id })
  if (!result.ok) {
    notifyFailure(result.error)
    return
  }
  const saved = await saveText(result.value.fileName, result.value.text)
  if (!notifyIfFailed(saved) || !saved.ok || saved.value === null) return
  notifyDone(isDirty ? WORDS.exportedAsSaved(saved.value) : WORDS.exported(saved.value))
}

/** Takes profile settings from a file that the person chooses into the page; saving them stays the person's. */
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
  notifyDone(WORDS.imported(opened.value.name))
}
