import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { DestinationRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { PROFILE_INFO, PROFILE_NAMES } from '../../src-shared/profiles'
import { tellDone } from '../shell/tell'
import { FolderField } from '../widgets/folder-field'
import { FailureNotice, Notice } from '../widgets/notice'
import { checkDestination, draftOfDestination, type FieldErrors, fieldOfFailure, toSaveInput, withProfile } from './destination-draft'
import { PolicyFields } from './policy-fields'
import { ProfileSettingsFields } from './profile-settings-fields'
import { saveDestination } from './sync-settings-store'

/** Adds or changes a destination. */
export function DestinationForm({ destination, onClose }: { destination: DestinationRow | null; onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftOfDestination(destination))
  const [errors, setErrors] = useState<FieldErrors>({})
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const info = PROFILE_INFO[draft.profile]

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found = checkDestination(draft)
    setErrors(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return
    setSaving(true)
    const refusal = await saveDestination(toSaveInput(draft))
    setSaving(false)
    if (refusal === null) {
      tellDone(`${draft.name} saved.`)
      onClose()
      return
    }
    const field = fieldOfFailure(refusal)
    if (field === null) setFailure(refusal)
    else setErrors({ [field]: `${refusal.message} ${refusal.remedy}` })
  }

  return (
    <form
      className="settings-form"
      onSubmit={submit}
      noValidate
      aria-label={destination === null ? 'New destination' : `Edit ${destination.name}`}
    >
      <div className="field-row">
        <TextInput
          label="Destination name"
          maxLength={60}
          value={draft.name}
          error={errors.name ?? null}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <NativeSelect
          label="Format profile"
          data={PROFILE_NAMES.map((name) => ({ value: name, label: PROFILE_INFO[name].title }))}
          value={draft.profile}
          onChange={(event) => {
            const chosen = PROFILE_NAMES.find((name) => name === event.currentTarget.value)
            if (chosen !== undefined) setDraft({ ...draft, ...withProfile(chosen) })
          }}
        />
      </div>
      <Notice tone={info.verified ? 'plain' : 'caution'}>
        <p>{info.notice}</p>
      </Notice>
      <FolderField
        label="Drop folder"
        description="The folder that the accounting package reads."
        value={draft.folder}
        error={errors.folder ?? null}
        onChange={(folder) => setDraft({ ...draft, folder })}
      />
      <Checkbox
        label="Default destination: new sources send their orders here"
        disabled={destination?.isDefault === true}
        checked={draft.isDefault}
        onChange={(event) => setDraft({ ...draft, isDefault: event.currentTarget.checked })}
      />
      <PolicyFields policy={draft.policy} errors={errors} onChange={(policy) => setDraft({ ...draft, policy })} />
      <ProfileSettingsFields
        profile={draft.profile}
        settings={draft.settings}
        errors={errors}
        onChange={(settings) => setDraft({ ...draft, settings })}
      />
      {Object.keys(errors).length > 0 && (
        <p className="field-error" role="alert">
          Not saved: look at the fields marked in red.
        </p>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      <div className="form-actions">
        <Button type="submit" loading={isSaving}>
          Save
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
