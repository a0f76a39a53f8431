import { Checkbox, Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { StoreCounts } from '../../src-shared/contract/contract'
import { type LiveQueryState, useLiveQuery } from '../client/use-live-query'
import { storesText } from '../text/stores-text'
import { ConfirmDialog } from '../widgets/confirm-dialog'
import { FailureNotice, Notice } from '../widgets/notice'
import { accountOf, secretOf, sinceOf } from './store-draft'
import type { StoreForm } from './use-store-form'

const text = storesText.start
const TYPING_PAUSE_MS = 500
/** The store may round the date. */
const SAME_DATE_MS = 60_000

/** The orders since a date, and whether they are sent. */
function PastOrders({ form, counts, since, destination }: { form: StoreForm; counts: StoreCounts; since: string; destination: string }) {
  const { kind, draft, change } = form
  const [isAsking, setAsking] = useState(false)
  const { total, ready } = counts
  const isLimited = Date.parse(counts.since) - Date.parse(since) > SAME_DATE_MS
  const summary = draft.isPastSent ? text.willBeSent(total, ready) : text.handled(total, ready)
  return (
    <>
      {isLimited && (
        <Notice tone="caution" role="status">
          <p>
            <strong>{text.limited(counts.since)}</strong>
          </p>
          <p>{text.limitedHint[kind]}</p>
        </Notice>
      )}
      <p className="no-margin" role="status">
        {total === 0 ? text.none : summary}
      </p>
      {ready > 0 && (
        <Checkbox
          label={text.send(ready)}
          checked={draft.isPastSent}
          onChange={(event) => (event.currentTarget.checked ? setAsking(true) : change({ isPastSent: false }))}
        />
      )}
      {isAsking && (
        <ConfirmDialog
          title={text.askTitle(ready)}
          cancel={text.cancel}
          action={text.confirm(ready)}
          isDangerous
          onConfirm={async () => {
            change({ isPastSent: true })
            setAsking(false)
            return null
          }}
          onClose={() => setAsking(false)}
        >
          <p>{text.ask(ready, destination)}</p>
          <p>
            <strong>{text.askTwice}</strong>
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}

function Counted({ form, since, destination }: { form: StoreForm; since: string; destination: string }) {
  const { kind, draft } = form
  const input = { account: accountOf(kind, draft), secret: secretOf(draft), since, statuses: { ...draft.statuses } }
  const counts: LiveQueryState<StoreCounts> = useLiveQuery('stores.count', input, { delayMs: TYPING_PAUSE_MS })
  if (counts.failure !== null) return <FailureNotice failure={counts.failure} />
  if (counts.value === null || counts.isStale) {
    return (
      <p className="soft no-margin" role="status">
        {text.counting}
      </p>
    )
  }
  return <PastOrders form={form} counts={counts.value} since={since} destination={destination} />
}

/**
 * From which date a new store's orders are read, and whether past ones are sent. For a saved store, what was chosen.
 */
export function StartSection({ form, destination }: { form: StoreForm; destination: string }) {
  const { source, draft, errors, change } = form
  if (source?.store) {
    return (
      <>
        <p className="no-margin">{text.saved(source.store.readFrom, source.store.sendFrom)}</p>
        <p className="soft small no-margin">{text.savedHint}</p>
      </>
    )
  }
  const since = sinceOf(draft, Date.now())
  return (
    <>
      <Radio.Group
        aria-label={storesText.sections.start}
        value={draft.isSince ? 'since' : 'now'}
        onChange={(chosen) => change({ isSince: chosen === 'since', isPastSent: false })}
      >
        <div className="store-choices">
          <Radio size="xs" value="now" label={text.now} description={text.nowHint} />
          <Radio size="xs" value="since" label={text.since} description={text.sinceHint} />
        </div>
      </Radio.Group>
      {draft.isSince && (
        <div className="store-past">
          <TextInput
            className="store-day"
            type="date"
            label={text.day}
            max={new Date().toLocaleDateString('en-CA')}
            value={draft.sinceDay}
            error={errors.sinceDay ?? null}
            onChange={(event) => change({ sinceDay: event.currentTarget.value })}
          />
          {since !== null && <Counted form={form} since={since} destination={destination} />}
        </div>
      )}
    </>
  )
}
