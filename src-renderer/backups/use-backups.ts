import { useCallback, useEffect, useState } from 'react'
import type { BackupSettings } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client/client'

/** Backups as they are, read again after every run of Back Up. */
export function useBackups() {
  const [settings, setSettings] = useState<BackupSettings | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const load = useCallback(async () => {
    const result = await call('backups.list', {})
    if (result.ok) setSettings(result.value)
    setFailure(result.ok ? null : result.error)
  }, [])
  useEffect(() => {
    void load()
    return on('runs.changed', ({ run }) => {
      if (run.task === 'Back Up' && run.endedAt !== null) void load()
    })
  }, [load])
  return { settings, failure, load, setSettings }
}
