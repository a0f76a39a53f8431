import { useEffect } from 'react'
import type { BackupSettings } from '../../src-shared/contract/contract'
import { on } from '../client/client'
import { type Answer, useAnswer } from '../client/use-answer'

/** Backups as they are, read again after every run of Back Up. */
export function useBackups(): Answer<BackupSettings> {
  const answer = useAnswer('backups.list', {})
  const { read } = answer
  useEffect(
    () =>
      on('runs.changed', ({ run }) => {
        if (run.task === 'Back Up' && run.endedAt !== null) void read()
      }),
    [read],
  )
  return answer
}
