import { Button, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { setSchedule, useSyncStatus } from '../sync/sync-status-store'
import { firstRunText } from '../text/first-run-text'
import { FailureNotice } from '../widgets/notice'

const WORDS = firstRunText.schedule
const LONGEST_MINUTES = 1440

/** How often orders are read and written. */
export function ScheduleStep({ onFinish }: { onFinish: () => void }) {
  const schedule = useSyncStatus((state) => state.tasks.find(({ name }) => name === 'Write Order')?.schedule)
  const [minutes, setMinutes] = useState<number | string>(schedule?.kind === 'every' ? schedule.minutes : 5)
  const [failure, setFailure] = useState<Failure | null>(null)
  const isValid = typeof minutes === 'number' && Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MINUTES

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isValid) return
    const every = { kind: 'every', minutes } as const
    const refusal = (await setSchedule('Read Orders', every)) ?? (await setSchedule('Write Order', every))
    setFailure(refusal)
    if (refusal === null) onFinish()
  }

  return (
    <>
      <p className="no-margin">{WORDS.explanation}</p>
      <form className="settings-form" onSubmit={submit} noValidate aria-label={firstRunText.steps.schedule}>
        <NumberInput
          label={WORDS.minutes}
          allowDecimal={false}
          min={1}
          max={LONGEST_MINUTES}
          clampBehavior="none"
          value={minutes}
          error={isValid ? null : WORDS.wrong}
          onChange={setMinutes}
        />
        <p className="soft small no-margin">{WORDS.more}</p>
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="form-actions">
          <Button type="submit" disabled={!isValid}>
            {WORDS.save}
          </Button>
        </div>
      </form>
    </>
  )
}
