import { Button } from '@mantine/core'
import { IconDatabaseX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { backupsText } from '../text/backups-text'
import { FailureNotice, FailureText } from '../widgets/notice'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { ScreenTitle } from '../widgets/screen'
import { BackupTable } from './backup-table'
import { useBackups } from './use-backups'

const text = backupsText.page

/** The page that fills the window while the database can't be opened. The user can restore a backup from it. */
export function RestorePage({ failure }: { failure: Failure }) {
  const [isTrying, setTrying] = useState(false)
  const { value: settings, failure: readFailure } = useBackups()
  const tryAgain = async () => {
    setTrying(true)
    const result = await call('session.get', {})
    setTrying(false)
    if (result.ok) window.location.reload()
  }
  return (
    <main className="restore-main">
      <div className="engine-stopped">
        <IconDatabaseX size={44} stroke={1.5} aria-hidden />
        <ScreenTitle>{text.title}</ScreenTitle>
        <div role="alert">
          <FailureText failure={failure} />
        </div>
        <div className="restore-page">
          <p>{text.what}</p>
          {readFailure !== null && <FailureNotice failure={readFailure} />}
          {settings !== null && <BackupTable backups={settings.backups} canRestore />}
        </div>
        <p className="form-actions">
          <Button variant="default" loading={isTrying} onClick={tryAgain}>
            {text.tryAgain}
          </Button>
          {settings !== null && <OpenFolderButton folder={settings.folder} label={backupsText.openFolder} />}
        </p>
      </div>
      {/* Dialogs are rendered here, so that their headings are inside the main landmark. */}
      <div id="dialogs" />
    </main>
  )
}
