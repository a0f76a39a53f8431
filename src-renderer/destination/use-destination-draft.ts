import { useEffect, useMemo, useState } from 'react'
import type { DestinationRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { guardUnsaved } from '../navigation/guard-unsaved'
import { guardLeaving, replaceRoute } from '../navigation/navigation'
import type { FieldErrors } from '../sync-settings/field-errors'
import { saveDestination, useSyncSettings } from '../sync-settings/sync-settings-store'
import { destinationText } from '../text/destination-text'
import { notifyDone } from '../widgets/notify'
import { checkDestination, type DestinationDraft, draftOfDestination, isSameDraft, toSaveInput } from './destination-draft'

const WORDS = destinationText.page

/** A destination as it is edited. */
export interface EditedDestination {
  draft: DestinationDraft
  /** True while something is not saved. */
  isDirty: boolean
  isSaving: boolean
  /** What to show at the fields: a name or folder that is missing only once saving was tried. */
  errors: FieldErrors
  /** True once saving was tried and something does not fit. */
  isRefused: boolean
  /** A refusal that is about no field. */
  failure: Failure | null
  change: (part: Partial<DestinationDraft>) => void
  /** Saves; false where that is refused. */
  save: () => Promise<boolean>
  discard: () => void
}

/** Holds what is edited of a destination apart from what is saved, and asks before it is left unsaved. */
export function useDestinationDraft(destination: DestinationRow | null): EditedDestination {
  const stored = useMemo(() => draftOfDestination(destination), [destination])
  const [base, setBase] = useState(stored)
  const [draft, setDraft] = useState(stored)
  const [isTried, setTried] = useState(false)
  const [refusals, setRefusals] = useState<FieldErrors>({})
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const isDirty = !isSameDraft(draft, base)

  useEffect(() => {
    guardUnsaved(isDirty)
    return () => guardUnsaved(false)
  }, [isDirty])

  // What is saved elsewhere is shown here, unless the person is in the middle of a change.
  useEffect(() => {
    if (isSameDraft(stored, base)) return
    setBase(stored)
    if (!isDirty) setDraft(stored)
  }, [stored, base, isDirty])

  const startFrom = (next: DestinationDraft) => {
    setBase(next)
    setDraft(next)
    setTried(false)
    setRefusals({})
    setFailure(null)
  }

  const change = (part: Partial<DestinationDraft>) => {
    setDraft((now) => ({ ...now, ...part }))
    setFailure(null)
    setRefusals({})
  }

  const save = async () => {
    setTried(true)
    setRefusals({})
    setFailure(null)
    if (Object.keys(checkDestination(draft)).length > 0) return false
    setSaving(true)
    const refusal = await saveDestination(toSaveInput(draft))
    setSaving(false)
    if (refusal !== null) {
      if (refusal.field === undefined) setFailure(refusal)
      else setRefusals({ [refusal.field]: `${refusal.message} ${refusal.remedy}` })
      return false
    }
    notifyDone(WORDS.saved(draft.name))
    const rows = useSyncSettings.getState().settings?.destinations ?? []
    const row = rows.find((one) => (draft.id === null ? one.name === draft.name.trim() : one.id === draft.id))
    if (row !== undefined) startFrom(draftOfDestination(row))
    if (row !== undefined && draft.id === null) {
      guardLeaving(false)
      replaceRoute({ screen: 'destination', destinationId: row.id })
    }
    return true
  }

  const found = checkDestination(draft)
  const errors: Record<string, string> = { ...found, ...refusals }
  if (!isTried) {
    if (found.name !== undefined) delete errors.name
    if (found.folder !== undefined) delete errors.folder
  }
  const isRefused = isTried && (Object.keys(found).length > 0 || Object.keys(refusals).length > 0)
  return { draft, isDirty, isSaving, errors, isRefused, failure, change, save, discard: () => startFrom(stored) }
}
