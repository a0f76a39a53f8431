import { Input, Modal, SegmentedControl } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import type { SyncTaskRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import type { Schedule } from '../../src-shared/schedule'
import { setSchedule } from '../sync/sync-status-store'
import { weekdayTimeText } from '../text/dates'
import { syncStatusText } from '../text/sync-status-text'
import { DialogActions } from '../widgets/dialog-actions'
import { draftOf, scheduleOf } from './schedule-draft'
import { ScheduleFields } from './schedule-fields'
import { useNextTimes } from './use-next-times'

const text = syncStatusText.schedule
const KINDS = (['every', 'daily', 'hours', 'cron'] as const).map((value) => ({ value, label: text.kinds[value] }))

function NextTimes({ times, isAsked }: { times: string[] | null; isAsked: boolean }) {
  const titleId = useId()
  return (
    <div className="next-times">
      <h3 id={titleId}>{text.next}</h3>
      {times === null ? (
        <p className="soft">{isAsked ? '' : text.nextUnknown}</p>
      ) : (
        <ol aria-labelledby={titleId}>
          {times.map((at) => (
            <li key={at}>{weekdayTimeText(at)}</li>
          ))}
        </ol>
      )}
    </div>
  )
}

/** Asks when a task shall run by itself, and shows what that means. */
export function ScheduleDialog({ task, onClose }: { task: SyncTaskRow; onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(task.schedule))
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const schedule = scheduleOf(draft)
  const next = useNextTimes(schedule)
  const isWrong = schedule === null || next.failure !== null

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (schedule === null) return
    setSaving(true)
    const refusal = await setSchedule(task.name, schedule)
    setSaving(false)
    setFailure(refusal)
    if (refusal === null) onClose()
  }

  return (
    <Modal opened onClose={onClose} title={text.title(task.name)} size="lg">
      <form className="dialog" onSubmit={submit} noValidate>
        <Input.Wrapper label={text.kind} labelElement="div">
          <SegmentedControl
            fullWidth
            // The dialog's focus goes to the input that carries the mark, and the control has no property for it.
            ref={(control) => control?.querySelector('input:checked')?.setAttribute('data-autofocus', '')}
            aria-label={text.kind}
            data={KINDS}
            value={draft.kind}
            onChange={(kind) => setDraft({ ...draft, kind: kind as Schedule['kind'] })}
          />
        </Input.Wrapper>
        <ScheduleFields draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} cronError={next.failure?.message ?? null} />
        <NextTimes times={next.times} isAsked={!isWrong} />
        <DialogActions
          failure={failure}
          cancel={text.cancel}
          action={text.save}
          isBusy={isSaving}
          isDisabled={isWrong}
          onCancel={onClose}
        />
      </form>
    </Modal>
  )
}
