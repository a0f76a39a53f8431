import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ArchiveLimits, BackupSettings } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { backupsText } from '../text/backups-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'

const words = backupsText.archive

/** The number in a field, null where it is blank, undefined where it is no whole number in these bounds. */
function numberIn(text: string, least: number, most: number): number | null | undefined {
  if (text.trim() === '') return null
  const number = Number(text)
  return Number.isInteger(number) && number >= least && number <= most ? number : undefined
}

/** How long copies of sent files are kept. */
export function ArchiveForm({ limits, onSaved }: { limits: ArchiveLimits; onSaved: (settings: BackupSettings) => void }) {
  const [years, setYears] = useState(String(limits.keepYears ?? ''))
  const [gigabytes, setGigabytes] = useState(String(limits.mostGigabytes ?? ''))
  const [failure, setFailure] = useState<Failure | null>(null)
  const keepYears = numberIn(years, 2, 99)
  const mostGigabytes = numberIn(gigabytes, 1, 100_000)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (keepYears === undefined || mostGigabytes === undefined) return
    const result = await call('backups.saveArchive', { keepYears, mostGigabytes })
    setFailure(result.ok ? null : result.error)
    if (!result.ok) return
    onSaved(result.value)
    notifyDone(words.saved)
  }

  return (
    <form onSubmit={submit} aria-label={words.form}>
      <div className="field-row">
        <TextInput
          label={words.years}
          inputMode="numeric"
          maxLength={2}
          value={years}
          error={keepYears === undefined ? words.yearsWrong : null}
          onChange={(event) => setYears(event.currentTarget.value)}
        />
        <TextInput
          label={words.gigabytes}
          inputMode="numeric"
          maxLength={6}
          value={gigabytes}
          error={mostGigabytes === undefined ? words.gigabytesWrong : null}
          onChange={(event) => setGigabytes(event.currentTarget.value)}
        />
      </div>
      <p className="small soft">{words.hint}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      <p className="form-actions">
        <Button type="submit" variant="default">
          {words.save}
        </Button>
      </p>
    </form>
  )
}
