import { useEffect } from 'react'
import type { BackupSettings } from '../../src-shared/contract/contract'
import { on } from '../client/client'
import { type QueryState, useQuery } from '../client/use-query'

/** Loads the backups and their settings, and reloads them after every Back Up run. */
export function useBackups(): QueryState<BackupSettings> {
  const query = useQuery('backups.list', {})
  const { read } = query
  useEffect(
    () =>
      on('runs.changed', ({ run }) => {
        if (run.task === 'Back Up' && run.endedAt !== null) void read()
      }),
    [read],
  )
  return query
}
