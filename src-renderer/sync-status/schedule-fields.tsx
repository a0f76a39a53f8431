import { ActionIcon, Button, Chip, Group, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { assertNever } from '../../src-shared/failure'
import { WEEKDAYS } from '../../src-shared/schedule'
import { syncStatusText } from '../text/sync-status-text'
import { MinutesField } from '../widgets/minutes-field'
import type { ScheduleDraft } from './schedule-draft'

const text = syncStatusText.schedule
const MAX_TIMES = 24

interface FieldsProps {
  draft: ScheduleDraft
  onChange: (change: Partial<ScheduleDraft>) => void
}

function TimeField(props: { label: string; value: string; error?: string | null; onChange: (value: string) => void }) {
  const { label, value, error, onChange } = props
  return (
    <TextInput
      type="time"
      label={label}
      value={value}
      error={value === '' ? text.timeError : error}
      onChange={(event) => onChange(event.currentTarget.value.slice(0, 5))}
    />
  )
}

function DailyFields({ draft: { times }, onChange }: FieldsProps) {
  const set = (index: number, value: string) => onChange({ times: times.map((time, position) => (position === index ? value : time)) })
  return (
    <div className="schedule-times">
      {times.map((time, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: times are identified by position, because two may be equal while one is being typed
        <Group key={index} gap="xs" align="flex-end" wrap="nowrap">
          <TimeField label={text.time(index)} value={time} onChange={(value) => set(index, value)} />
          {times.length > 1 && (
            <ActionIcon
              variant="default"
              size={30}
              aria-label={text.removeTime(index)}
              title={text.removeTime(index)}
              onClick={() => onChange({ times: times.filter((_, position) => position !== index) })}
            >
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          )}
        </Group>
      ))}
      {times.length < MAX_TIMES && (
        <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => onChange({ times: [...times, '17:00'] })}>
          {text.addTime}
        </Button>
      )}
    </div>
  )
}

function HoursFields({ draft, onChange }: FieldsProps) {
  const { days, from, to, everyMinutes } = draft
  return (
    <>
      <fieldset className="schedule-days">
        <legend>{text.days}</legend>
        <Chip.Group multiple value={days.map(String)} onChange={(chosen) => onChange({ days: chosen.map(Number) })}>
          <Group gap={6}>
            {WEEKDAYS.map((day) => (
              <Chip key={day} value={String(day)} size="sm" aria-label={text.dayNames[day]}>
                {text.shortDays[day]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        {days.length === 0 && <p className="field-error">{text.daysError}</p>}
      </fieldset>
      <Group gap="sm" align="flex-start" grow>
        <TimeField label={text.from} value={from} onChange={(value) => onChange({ from: value })} />
        <TimeField label={text.to} value={to} error={to < from ? text.toError : null} onChange={(value) => onChange({ to: value })} />
      </Group>
      <MinutesField
        label={text.minutes}
        error={text.minutesError}
        value={everyMinutes}
        onChange={(value) => onChange({ everyMinutes: value })}
      />
    </>
  )
}

/** The fields of the chosen kind of schedule. */
export function ScheduleFields({ draft, onChange, cronError }: FieldsProps & { cronError: string | null }) {
  switch (draft.kind) {
    case 'every':
      return (
        <MinutesField label={text.minutes} error={text.minutesError} value={draft.minutes} onChange={(minutes) => onChange({ minutes })} />
      )
    case 'daily':
      return <DailyFields draft={draft} onChange={onChange} />
    case 'hours':
      return <HoursFields draft={draft} onChange={onChange} />
    case 'cron':
      return (
        <TextInput
          label={text.cron}
          description={text.cronHint}
          className="schedule-cron"
          value={draft.text}
          maxLength={200}
          spellCheck={false}
          error={cronError}
          onChange={(event) => onChange({ text: event.currentTarget.value })}
        />
      )
    default:
      return assertNever(draft.kind)
  }
}
