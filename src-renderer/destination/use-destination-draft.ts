import { useEffect, useMemo, useState } from 'react'
import type { DestinationRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { guardUnsaved } from '../navigation/guard-unsaved'
import { guardLeaving, replaceRoute } from '../navigation/navigation'
import type { FieldErrors } from '../sync-settings/field-errors'
import { saveDestination, useSyncSettings } from '../sync-settings/sync-settings-store'
import { destinationText } from '../text/destination-text'
import { notifyDone } from '../widgets/notify'
import { checkDestination, type DestinationDraft, isSameDraft, toDestinationDraft, toSaveInput } from './destination-draft'

const text = destinationText.page

/** The state of a destination page: the draft, its errors, and actions. */
export interface EditedDestination {
  draft: DestinationDraft
  /** True if there are unsaved changes. */
  isDirty: boolean
  isSaving: boolean
  /** Error messages by field. A missing name or folder is reported only after the first attempt to save. */
  errors: FieldErrors
  /** True if an attempt to save failed because of invalid fields. */
  hasErrors: boolean
  /** Why saving failed; null if the reason is in `errors`. */
  failure: Failure | null
  change: (changes: Partial<DestinationDraft>) => void
  /** Saves the draft. Returns false if the draft is invalid or the engine refuses it. */
  save: () => Promise<boolean>
  discard: () => void
}

/** Keeps the draft of a destination separate from the saved version, and guards against leaving with unsaved changes. */
export function useDestinationDraft(destination: DestinationRow | null): EditedDestination {
  const stored = useMemo(() => toDestinationDraft(destination), [destination])
  const [base, setBase] = useState(stored)
  const [draft, setDraft] = useState(stored)
  const [hasTriedToSave, setHasTriedToSave] = useState(false)
  const [refusedFields, setRefusedFields] = useState<FieldErrors>({})
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const isDirty = !isSameDraft(draft, base)

  useEffect(() => {
    guardUnsaved(isDirty)
    return () => guardUnsaved(false)
  }, [isDirty])

  // Show changes that were saved elsewhere, unless there are unsaved changes here.
  useEffect(() => {
    if (isSameDraft(stored, base)) return
    setBase(stored)
    if (!isDirty) setDraft(stored)
  }, [stored, base, isDirty])

  const resetTo = (next: DestinationDraft) => {
    setBase(next)
    setDraft(next)
    setHasTriedToSave(false)
    setRefusedFields({})
    setFailure(null)
  }

  const change = (changes: Partial<DestinationDraft>) => {
    setDraft((current) => ({ ...current, ...changes }))
    setFailure(null)
    setRefusedFields({})
  }

  const save = async () => {
    setHasTriedToSave(true)
    setRefusedFields({})
    setFailure(null)
    if (Object.keys(checkDestination(draft)).length > 0) return false
    setSaving(true)
    const error = await saveDestination(toSaveInput(draft))
    setSaving(false)
    if (error !== null) {
      if (error.field === undefined) setFailure(error)
      else setRefusedFields({ [error.field]: `${error.message} ${error.remedy}` })
      return false
    }
    notifyDone(text.saved(draft.name))
    const rows = useSyncSettings.getState().settings?.destinations ?? []
    const row = rows.find(({ id, name }) => (draft.id === null ? name === draft.name.trim() : id === draft.id))
    if (row !== undefined) resetTo(toDestinationDraft(row))
    if (row !== undefined && draft.id === null) {
      guardLeaving(false)
      replaceRoute({ screen: 'destination', destinationId: row.id })
    }
    return true
  }

  const draftErrors = checkDestination(draft)
  const errors: Record<string, string> = { ...draftErrors, ...refusedFields }
  if (!hasTriedToSave) {
    if (draftErrors.name !== undefined) delete errors.name
    if (draftErrors.folder !== undefined) delete errors.folder
  }
  const hasErrors = hasTriedToSave && (Object.keys(draftErrors).length > 0 || Object.keys(refusedFields).length > 0)
  return { draft, isDirty, isSaving, errors, hasErrors, failure, change, save, discard: () => resetTo(stored) }
}
