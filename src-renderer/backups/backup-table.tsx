import { Button } from '@mantine/core'
import { useState } from 'react'
import type { BackupRow } from '../../src-shared/contract/contract'
import { backupsText } from '../text/backups-text'
import { TimeText } from '../widgets/time-text'
import { ToneText } from '../widgets/tone-text'
import { RestoreDialog } from './restore-dialog'
import './backups.css'

const text = backupsText.table

/** The backups, newest first. Each good backup has a Restore button if the user is allowed to restore. */
export function BackupTable({ backups, canRestore }: { backups: readonly BackupRow[]; canRestore: boolean }) {
  const [backupToRestore, setBackupToRestore] = useState<BackupRow | null>(null)
  if (backups.length === 0) return <p className="soft">{backupsText.empty}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable list must be reachable by keyboard
    <section className="backup-table" aria-label={text.label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.date}</th>
            <th scope="col">{text.kind}</th>
            <th scope="col">{text.size}</th>
            <th scope="col">{text.state}</th>
            {canRestore && <th scope="col">{text.actions}</th>}
          </tr>
        </thead>
        <tbody>
          {backups.map((backup) => (
            <tr key={backup.file}>
              <th scope="row" title={backup.file}>
                <TimeText at={backup.at} />
              </th>
              <td>{text.kinds[backup.kind]}</td>
              <td>{backupsText.size(backup.sizeBytes)}</td>
              <td>
                <ToneText label={{ text: text.states[backup.state], tone: backup.state === 'good' ? 'good' : 'caution' }} />
              </td>
              {canRestore && (
                <td>
                  {backup.state === 'good' && (
                    <Button variant="default" aria-label={text.restoreLabel(backup.at)} onClick={() => setBackupToRestore(backup)}>
                      {text.restore}
                    </Button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {backupToRestore !== null && <RestoreDialog backup={backupToRestore} onClose={() => setBackupToRestore(null)} />}
    </section>
  )
}
