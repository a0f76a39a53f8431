import { Button, TextInput } from '@mantine/core'
import { chooseFolder } from '../client/client'
import { widgetsText } from '../text/widgets-text'
import { notifyIfFailed } from './notify'

interface FolderFieldProps {
  label: string
  description?: string
  value: string
  error: string | null
  onChange: (folder: string) => void
}

/** A folder path, with a button to choose the folder in a dialog. */
export function FolderField({ label, description, value, error, onChange }: FolderFieldProps) {
  const choose = async () => {
    const result = await chooseFolder(value)
    notifyIfFailed(result)
    if (result.ok && result.value !== null) onChange(result.value)
  }
  return (
    <div className="folder-field">
      <TextInput
        label={label}
        description={description}
        value={value}
        error={error}
        maxLength={1000}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button variant="default" aria-label={widgetsText.folder.chooseLabel(label)} onClick={choose}>
        {widgetsText.folder.choose}
      </Button>
    </div>
  )
}
