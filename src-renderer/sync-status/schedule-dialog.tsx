import { Input, SegmentedControl } from '@mantine/core'
import { useId, useState } from 'react'
import type { SyncTaskRow } from '../../src-shared/contract/contract'
import type { Schedule } from '../../src-shared/schedule'
import { setSchedule } from '../sync/sync-status-store'
import { weekdayTimeText } from '../text/dates'
import { syncStatusText } from '../text/sync-status-text'
import { FormDialog } from '../widgets/form-dialog'
import { draftOf, scheduleOf } from './schedule-draft'
import { ScheduleFields } from './schedule-fields'
import { useNextTimes } from './use-next-times'

const text = syncStatusText.schedule
const KINDS = (['every', 'daily', 'hours', 'cron'] as const).map((value) => ({ value, label: text.kinds[value] }))

function NextTimes({ times, isLoading }: { times: string[] | null; isLoading: boolean }) {
  const titleId = useId()
  return (
    <div className="next-times">
      <h3 id={titleId}>{text.next}</h3>
      {times === null ? (
        <p className="soft">{isLoading ? '' : text.nextUnknown}</p>
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

/** The dialog for changing a task's schedule, with a preview of the next times. */
export function ScheduleDialog({ task, onClose }: { task: SyncTaskRow; onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(task.schedule))
  const schedule = scheduleOf(draft)
  const next = useNextTimes(schedule)
  const isInvalid = schedule === null || next.failure !== null

  return (
    <FormDialog
      title={text.title(task.name)}
      size="lg"
      cancel={text.cancel}
      action={text.save}
      isDisabled={isInvalid}
      onSubmit={async () => (schedule === null ? null : setSchedule(task.name, schedule))}
      onDone={onClose}
      onClose={onClose}
    >
      <Input.Wrapper label={text.kind} labelElement="div">
        <SegmentedControl
          fullWidth
          // The dialog focuses the input that has this attribute. SegmentedControl has no prop that sets it.
          ref={(control) => control?.querySelector('input:checked')?.setAttribute('data-autofocus', '')}
          aria-label={text.kind}
          data={KINDS}
          value={draft.kind}
          onChange={(kind) => setDraft({ ...draft, kind: kind as Schedule['kind'] })}
        />
      </Input.Wrapper>
      <ScheduleFields draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} cronError={next.failure?.message ?? null} />
      <NextTimes times={next.times} isLoading={!isInvalid} />
    </FormDialog>
  )
}
