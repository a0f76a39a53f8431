import { TextInput } from '@mantine/core'
import type { Failure } from '../../src-shared/failure'
import { FolderField } from '../widgets/folder-field'
import { FailureNotice } from '../widgets/notice'

interface NameAndFolderProps {
  text: { name: string; nameMissing: string; folder: string; folderHelp: string; folderMissing: string }
  name: string
  folder: string
  /** True after the user has tried to save. Missing values are marked from then on. */
  isSubmitted: boolean
  /** Why saving failed; shown next to the field that caused it, if any. */
  failure: Failure | null
  onNameChange: (name: string) => void
  onFolderChange: (folder: string) => void
}

/** The name and folder fields of a source or a destination. */
export function NameAndFolder({ text, name, folder, isSubmitted, failure, onNameChange, onFolderChange }: NameAndFolderProps) {
  const errorAt = (field: 'name' | 'folder', value: string, missing: string) => {
    if (failure?.field === field) return `${failure.message} ${failure.remedy}`
    return isSubmitted && value.trim() === '' ? missing : null
  }
  return (
    <>
      <TextInput
        label={text.name}
        maxLength={60}
        value={name}
        error={errorAt('name', name, text.nameMissing)}
        onChange={(event) => onNameChange(event.currentTarget.value)}
      />
      <FolderField
        label={text.folder}
        description={text.folderHelp}
        value={folder}
        error={errorAt('folder', folder, text.folderMissing)}
        onChange={onFolderChange}
      />
      {failure !== null && failure.field === undefined && <FailureNotice failure={failure} />}
    </>
  )
}
