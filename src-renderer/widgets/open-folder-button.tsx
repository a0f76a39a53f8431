import { Button } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { openFolder } from '../client'
import { tellIfFailed } from '../shell/tell'
import { widgetsText } from '../text/widgets-text'

/** Opens a folder in the system's file manager; a refusal is told. */
export function OpenFolderButton({ folder, label = widgetsText.folder.open }: { folder: string; label?: string }) {
  return (
    <Button
      variant="default"
      leftSection={<IconFolderOpen size={15} aria-hidden />}
      title={folder}
      onClick={async () => tellIfFailed(await openFolder(folder))}
    >
      {label}
    </Button>
  )
}
