import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { DestinationRow, SourceRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import type { FieldErrors } from '../sync-settings/field-errors'
import { saveSource } from '../sync-settings/sync-settings-store'
import { syncSettingsText } from '../text/sync-settings-text'
import { FolderField } from '../widgets/folder-field'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'

const text = syncSettingsText.source

interface SourceFormProps {
  source: SourceRow | null
  destinations: DestinationRow[]
  onClose: () => void
}

/** The form for adding or changing a source. */
export function SourceForm({ source, destinations, onClose }: SourceFormProps) {
  const defaultDestination = destinations.find((destination) => destination.isDefault) ?? destinations[0]
  const [name, setName] = useState(source?.name ?? '')
  const [folder, setFolder] = useState(source?.folder ?? '')
  const [destinationId, setDestinationId] = useState(source?.destinationId ?? defaultDestination?.id ?? 0)
  const [errors, setErrors] = useState<FieldErrors>({})
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const missing: Record<string, string> = {}
    if (name.trim() === '') missing.name = text.nameMissing
    if (folder.trim() === '') missing.folder = text.folderMissing
    setErrors(missing)
    setFailure(null)
    if (Object.keys(missing).length > 0) return
    setSaving(true)
    const error = await saveSource({ ...(source === null ? {} : { id: source.id }), name, folder, destinationId })
    setSaving(false)
    if (error === null) {
      notifyDone(text.saved(name))
      onClose()
      return
    }
    if (error.field === undefined) setFailure(error)
    else setErrors({ [error.field]: `${error.message} ${error.remedy}` })
  }

  return (
    <form className="settings-form" onSubmit={submit} noValidate aria-label={source === null ? text.newTitle : text.editTitle(source.name)}>
      <div className="field-row">
        <TextInput
          label={text.name}
          maxLength={60}
          value={name}
          error={errors.name ?? null}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={text.sendTo}
          data={destinations.map((destination) => ({ value: String(destination.id), label: destination.name }))}
          value={String(destinationId)}
          onChange={(event) => setDestinationId(Number(event.currentTarget.value))}
        />
      </div>
      <FolderField label={text.folder} description={text.folderHelp} value={folder} error={errors.folder ?? null} onChange={setFolder} />
      {failure !== null && <FailureNotice failure={failure} />}
      <div className="form-actions">
        <Button type="submit" loading={isSaving}>
          {text.save}
        </Button>
        <Button variant="default" onClick={onClose}>
          {text.cancel}
        </Button>
      </div>
    </form>
  )
}
