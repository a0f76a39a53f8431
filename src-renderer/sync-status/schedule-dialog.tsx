import { Button, Modal, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { SyncTaskRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { FailureNotice } from '../widgets/notice'
import { setSchedule } from './sync-status-store'

const LONGEST_MINUTES = 1440

/** Asks how often a task shall run. */
export function ScheduleDialog({ task, onClose }: { task: SyncTaskRow; onClose: () => void }) {
  const [minutes, setMinutes] = useState<number | string>(task.everyMinutes)
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const isValid = typeof minutes === 'number' && Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MINUTES

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isValid) return
    setSaving(true)
    const refusal = await setSchedule(task.name, minutes)
    setSaving(false)
    setFailure(refusal)
    if (refusal === null) onClose()
  }

  return (
    <Modal opened onClose={onClose} title={`Change Schedule: ${task.name}`}>
      <form className="dialog" onSubmit={submit} noValidate>
        <NumberInput
          label="Run every (minutes)"
          data-autofocus
          allowDecimal={false}
          min={1}
          max={LONGEST_MINUTES}
          clampBehavior="none"
          value={minutes}
          error={isValid ? null : 'A whole number from 1 to 1440 (one day).'}
          onChange={setMinutes}
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="dialog-actions">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isSaving} disabled={!isValid}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  )
}
