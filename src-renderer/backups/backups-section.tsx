import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { BackupSettings } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { useCan } from '../session/can'
import { syncNow, useSyncStatus } from '../sync/sync-status-store'
import { backupsText } from '../text/backups-text'
import { FolderField } from '../widgets/folder-field'
import { LoadState } from '../widgets/load-state'
import { notifyDone } from '../widgets/notify'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { TimeText, UntilText } from '../widgets/time-text'
import { ArchiveForm } from './archive-form'
import { BackupTable } from './backup-table'
import { useBackups } from './use-backups'

function FolderForm({ settings, onSaved }: { settings: BackupSettings; onSaved: (settings: BackupSettings) => void }) {
  const [folder, setFolder] = useState(settings.folder)
  const [failure, setFailure] = useState<Failure | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await call('backups.saveSettings', { folder: folder.trim() === '' ? null : folder })
    setFailure(result.ok ? null : result.error)
    if (!result.ok) return
    onSaved(result.value)
    setFolder(result.value.folder)
    notifyDone(backupsText.saved)
  }
  return (
    <form onSubmit={submit}>
      <FolderField
        label={backupsText.folder}
        description={backupsText.folderHint}
        value={folder}
        error={failure === null ? null : `${failure.message} ${failure.remedy}`}
        onChange={setFolder}
      />
      <p className="form-actions">
        <Button type="submit" variant="default">
          {backupsText.save}
        </Button>
      </p>
    </form>
  )
}

/** The Backups section of Settings. */
export function BackupsSection() {
  const { value: settings, failure, read, setValue } = useBackups()
  const nextRunAt = useSyncStatus((state) => state.tasks?.find((task) => task.name === 'Back Up')?.nextRunAt ?? null)
  const canRestore = useCan('backups.restore')
  const canRun = useCan('sync.runNow')
  const lastBackup = settings?.backups.find(({ kind, state }) => kind === 'regular' && state === 'good')
  return (
    <section className="card" aria-labelledby="backups">
      <h2 id="backups">{backupsText.title}</h2>
      <LoadState message={backupsText.reading} isLoaded={settings !== null} failure={failure} onRetry={read} />
      {settings !== null && (
        <>
          <dl className="facts">
            <dt>{backupsText.last}</dt>
            <dd>{lastBackup === undefined ? backupsText.none : <TimeText at={lastBackup.at} />}</dd>
            <dt>{backupsText.next}</dt>
            <dd>{nextRunAt === null ? backupsText.notPlanned : <UntilText at={nextRunAt} />}</dd>
          </dl>
          {settings.lastRestore !== null && <p>{backupsText.lastRestore(settings.lastRestore.actor, settings.lastRestore.at)}</p>}
          {canRestore && <FolderForm key={settings.folder} settings={settings} onSaved={setValue} />}
          <p className="form-actions">
            {canRun && <Button onClick={() => syncNow('Back Up')}>{backupsText.backUpNow}</Button>}
            <OpenFolderButton folder={settings.folder} label={backupsText.openFolder} />
          </p>
          {canRestore && <ArchiveForm limits={settings.archive} onSaved={setValue} />}
          <BackupTable backups={settings.backups} canRestore={canRestore} />
        </>
      )}
    </section>
  )
}
