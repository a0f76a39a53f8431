import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ArchiveLimits, BackupSettings } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { backupsText } from '../text/backups-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'

const text = backupsText.archive

/** Parses the whole number in a field; null if the field is blank, undefined if it is invalid or out of range. */
function parseWholeNumber(input: string, min: number, max: number): number | null | undefined {
  if (input.trim() === '') return null
  const number = Number(input)
  return Number.isInteger(number) && number >= min && number <= max ? number : undefined
}

/** The form for the limits of the archive of sent files. */
export function ArchiveForm({ limits, onSaved }: { limits: ArchiveLimits; onSaved: (settings: BackupSettings) => void }) {
  const [years, setYears] = useState(String(limits.keepYears ?? ''))
  const [gigabytes, setGigabytes] = useState(String(limits.mostGigabytes ?? ''))
  const [failure, setFailure] = useState<Failure | null>(null)
  const keepYears = parseWholeNumber(years, 2, 99)
  const mostGigabytes = parseWholeNumber(gigabytes, 1, 100_000)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (keepYears === undefined || mostGigabytes === undefined) return
    const result = await call('backups.saveArchive', { keepYears, mostGigabytes })
    setFailure(result.ok ? null : result.error)
    if (!result.ok) return
    onSaved(result.value)
    notifyDone(text.saved)
  }

  return (
    <form onSubmit={submit} aria-label={text.form}>
      <div className="field-row">
        <TextInput
          label={text.years}
          inputMode="numeric"
          maxLength={2}
          value={years}
          error={keepYears === undefined ? text.yearsWrong : null}
          onChange={(event) => setYears(event.currentTarget.value)}
        />
        <TextInput
          label={text.gigabytes}
          inputMode="numeric"
          maxLength={6}
          value={gigabytes}
          error={mostGigabytes === undefined ? text.gigabytesWrong : null}
          onChange={(event) => setGigabytes(event.currentTarget.value)}
        />
      </div>
      <p className="small soft">{text.hint}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      <p className="form-actions">
        <Button type="submit" variant="default">
          {text.save}
        </Button>
      </p>
    </form>
  )
}
