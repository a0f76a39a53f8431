import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import type { WriteBack } from '../../src-shared/stores'
import { storesText } from '../text/stores-text'
import { Notice } from '../widgets/notice'
import type { StoreForm } from './use-store-form'

const text = storesText.writeBack
const STATUSES = ['Dispatched', 'Completed', 'Cancelled'] as const

/** The store's statuses that an order can be set to. */
function statusOptions({ rows }: StoreForm) {
  return [{ value: '', label: text.unchanged }, ...rows.map(({ status, title }) => ({ value: status, label: title }))]
}

function StatusMapping({ form }: { form: StoreForm }) {
  const { kind, draft, change, rows } = form
  const { writeBack } = draft
  const options = statusOptions(form)
  const chosen = [...new Set(STATUSES.flatMap((status) => writeBack.statuses[status] ?? []))]
  const titleOf = (status: string) => rows.find((row) => row.status === status)?.title ?? status
  const choose = (status: (typeof STATUSES)[number], to: string) => {
    const { [status]: _former, ...others } = writeBack.statuses
    change({ writeBack: { ...writeBack, statuses: to === '' ? others : { ...others, [status]: to } } })
  }
  return (
    <fieldset className="store-mapping">
      <legend>{text.statuses}</legend>
      <p className="soft small no-margin">{text.statusesHint}</p>
      <div className="field-row">
        {STATUSES.map((status) => (
          <NativeSelect
            key={status}
            label={status}
            data={options}
            value={writeBack.statuses[status] ?? ''}
            onChange={(event) => choose(status, event.currentTarget.value)}
          />
        ))}
      </div>
      {chosen.map((status) => (
        <p key={status} className="small no-margin store-email">
          {text.kinds[kind].emails(status, titleOf(status))}
        </p>
      ))}
    </fieldset>
  )
}

/**
 * What is written to the store: nothing unless it is ticked. Each choice says beforehand if the store emails the
 * customer.
 */
export function WriteBackSection({ form }: { form: StoreForm }) {
  const { kind, draft, errors, facts, change } = form
  const { writeBack, hasMark } = draft
  const kindText = text.kinds[kind]
  const set = (part: Partial<WriteBack>) => change({ writeBack: { ...writeBack, ...part } })
  return (
    <>
      <p className="soft small no-margin">{text.intro}</p>
      {facts?.canWrite === false && (
        <Notice tone="caution">
          <p>{kindText.readOnly}</p>
        </Notice>
      )}
      <Checkbox
        label={kindText.note}
        description={kindText.noteHint}
        checked={writeBack.note}
        onChange={(event) => set({ note: event.currentTarget.checked })}
      />
      <Checkbox
        label={kindText.mark}
        description={kindText.markHint}
        checked={hasMark}
        onChange={(event) => change({ hasMark: event.currentTarget.checked })}
      />
      {hasMark && (
        <TextInput
          className="store-mark"
          label={kindText.markName}
          maxLength={60}
          spellCheck={false}
          value={writeBack.mark}
          error={errors.mark ?? null}
          onChange={(event) => set({ mark: event.currentTarget.value })}
        />
      )}
      <Checkbox
        label={text.tracking}
        description={kindText.trackingHint}
        checked={writeBack.tracking}
        onChange={(event) => set({ tracking: event.currentTarget.checked })}
      />
      <StatusMapping form={form} />
    </>
  )
}
