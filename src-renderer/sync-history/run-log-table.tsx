import { Button } from '@mantine/core'
import type { RunEntryRow, RunRow } from '../../src-shared/contract/contract'
import { goTo } from '../navigation/navigation'
import { exactTimeText, secondsText } from '../text/dates'
import type { Tone } from '../text/state-labels'
import { syncHistoryText } from '../text/sync-history-text'
import { ExternalText } from '../widgets/external-text'
import { Notice } from '../widgets/notice'
import { TableHead } from '../widgets/table-head'
import { ToneText } from '../widgets/tone-text'
import { loadMoreEntries, useRunLog } from './run-log-store'

const text = syncHistoryText.run
const TONES: Readonly<Record<RunEntryRow['level'], Tone>> = { info: 'good', warning: 'caution', error: 'bad' }

function EntryRow({ entry }: { entry: RunEntryRow }) {
  const { orderId, orderNumber } = entry
  return (
    <tr>
      <td>
        <time dateTime={entry.at} title={exactTimeText(entry.at)} className="run-log-time">
          {secondsText(entry.at)}
        </time>
      </td>
      <td>
        <ToneText label={{ text: text.levels[entry.level], tone: TONES[entry.level] }} />
      </td>
      <td>
        {orderId !== null && (
          <button
            type="button"
            className="link-button"
            aria-label={text.openOrder(orderNumber ?? '')}
            onClick={() => goTo({ screen: 'order', orderId })}
          >
            <ExternalText text={orderNumber ?? ''} lines="1" />
          </button>
        )}
      </td>
      <td>
        <ExternalText text={entry.text} lines="many" />
      </td>
    </tr>
  )
}

function emptyText(run: RunRow, onlyProblems: boolean): string {
  if (run.outcome === 'running') return text.runningEmpty
  if (run.doneCount + run.failedCount > 0 && !onlyProblems) return text.expired
  return onlyProblems ? text.noFailures : text.empty
}

/** The entries of a run's log. */
export function RunLogTable({ run }: { run: RunRow }) {
  const { entries, hasMore, isLoading, onlyProblems } = useRunLog()
  if (entries.length === 0) return isLoading ? null : <p className="soft">{emptyText(run, onlyProblems)}</p>
  return (
    <>
      <div className="card table-scroll">
        <table className="plain-table" aria-label={text.log}>
          <TableHead columns={[text.columns.time, text.columns.what, text.columns.order, text.columns.text]} />
          <tbody>
            {entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
        {hasMore && (
          <Button variant="default" mt="sm" loading={isLoading} onClick={loadMoreEntries}>
            {text.loadMore}
          </Button>
        )}
      </div>
      {run.entriesLeftOut > 0 && !hasMore && (
        <Notice tone="plain">
          <p>{text.leftOut(run.entriesLeftOut)}</p>
        </Notice>
      )}
    </>
  )
}
