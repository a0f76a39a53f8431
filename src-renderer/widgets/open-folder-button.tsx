import { Button } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { openFolder } from '../client'
import { tellIfFailed } from '../shell/tell'

/** Opens a folder in the system's file manager; a refusal is told. */
export function OpenFolderButton({ folder, label = 'Open Folder' }: { folder: string; label?: string }) {
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
