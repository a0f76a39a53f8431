import { Button } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { openFolder } from '../client/client'
import { widgetsText } from '../text/widgets-text'
import { notifyIfFailed } from './notify'

/** A button that opens a folder in the system's file manager, and shows a message if that fails. */
export function OpenFolderButton({ folder, label = widgetsText.folder.open }: { folder: string; label?: string }) {
  return (
    <Button
      variant="default"
      leftSection={<IconFolderOpen size={15} aria-hidden />}
      title={folder}
      onClick={async () => notifyIfFailed(await openFolder(folder))}
    >
      {label}
    </Button>
  )
}
