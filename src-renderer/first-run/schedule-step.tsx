import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { setSchedule, useSyncStatus } from '../sync/sync-status-store'
import { firstRunText } from '../text/first-run-text'
import { isMinutes, MinutesField } from '../widgets/minutes-field'
import { FailureNotice } from '../widgets/notice'

const text = firstRunText.schedule

/** The guide step that sets how often orders are read and written. */
export function ScheduleStep({ onFinish }: { onFinish: () => void }) {
  const schedule = useSyncStatus((state) => state.tasks.find(({ name }) => name === 'Write Order')?.schedule)
  const [minutes, setMinutes] = useState<number | string>(schedule?.kind === 'every' ? schedule.minutes : 5)
  const [failure, setFailure] = useState<Failure | null>(null)
  const isValid = isMinutes(minutes)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isMinutes(minutes)) return
    const newSchedule = { kind: 'every', minutes } as const
    const error = (await setSchedule('Read Orders', newSchedule)) ?? (await setSchedule('Write Order', newSchedule))
    setFailure(error)
    if (error === null) onFinish()
  }

  return (
    <>
      <p className="no-margin">{text.explanation}</p>
      <form className="settings-form" onSubmit={submit} noValidate aria-label={firstRunText.steps.schedule}>
        <MinutesField label={text.minutes} error={text.wrong} value={minutes} onChange={setMinutes} />
        <p className="soft small no-margin">{text.more}</p>
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="form-actions">
          <Button type="submit" disabled={!isValid}>
            {text.save}
          </Button>
        </div>
      </form>
    </>
  )
}
