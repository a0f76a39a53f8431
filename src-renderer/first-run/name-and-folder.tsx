import { TextInput } from '@mantine/core'
import type { Failure } from '../../src-shared/failure'
import { FolderField } from '../widgets/folder-field'
import { FailureNotice } from '../widgets/notice'

interface NameAndFolderProps {
  text: { name: string; nameMissing: string; folder: string; folderHelp: string; folderMissing: string }
  name: string
  folder: string
  /** True after the user tried to save. Missing values are then marked. */
  isSubmitted: boolean
  /** Why saving failed; shown at the field that caused it. */
  failure: Failure | null
  onName: (name: string) => void
  onFolder: (folder: string) => void
}

/** The name and folder fields of a source or a destination. */
export function NameAndFolder({ text, name, folder, isSubmitted, failure, onName, onFolder }: NameAndFolderProps) {
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
        onChange={(event) => onName(event.currentTarget.value)}
      />
      <FolderField
        label={text.folder}
        description={text.folderHelp}
        value={folder}
        error={errorAt('folder', folder, text.folderMissing)}
        onChange={onFolder}
      />
      {failure !== null && failure.field === undefined && <FailureNotice failure={failure} />}
    </>
  )
}
