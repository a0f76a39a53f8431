import { Button } from '@mantine/core'
import type { RunEntryRow, RunRow } from '../../src-shared/contract/contract'
import { goTo } from '../navigation/navigation'
import { exactTimeText, secondsText } from '../text/dates'
import type { Tone } from '../text/state-words'
import { syncHistoryText } from '../text/sync-history-text'
import { Notice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { TableHead } from '../widgets/table-head'
import { ToneText } from '../widgets/tone-text'
import { loadMoreLines, useRunLog } from './run-log-store'

const text = syncHistoryText.run
const TONES: Readonly<Record<RunEntryRow['level'], Tone>> = { info: 'good', warning: 'caution', error: 'bad' }

function LogLine({ entry }: { entry: RunEntryRow }) {
  const { orderId, orderNumber } = entry
  return (
    <tr>
      <td>
        <time dateTime={entry.at} title={exactTimeText(entry.at)} className="run-log-time">
          {secondsText(entry.at)}
        </time>
      </td>
      <td>
        <ToneText words={{ text: text.levels[entry.level], tone: TONES[entry.level] }} />
      </td>
      <td>
        {orderId !== null && (
          <button
            type="button"
            className="link-button"
            aria-label={text.openOrder(orderNumber ?? '')}
            onClick={() => goTo({ screen: 'order', orderId })}
          >
            <OutsideText text={orderNumber ?? ''} lines="1" />
          </button>
        )}
      </td>
      <td>
        <OutsideText text={entry.text} lines="many" />
      </td>
    </tr>
  )
}

function emptyText(run: RunRow, onlyTrouble: boolean): string {
  if (run.outcome === 'running') return text.runningEmpty
  if (run.doneCount + run.failedCount > 0 && !onlyTrouble) return text.forgotten
  return onlyTrouble ? text.emptyTrouble : text.empty
}

/** The lines of a run's log. */
export function RunLogTable({ run }: { run: RunRow }) {
  const { entries, hasMore, isLoading, onlyTrouble } = useRunLog()
  if (entries.length === 0) return isLoading ? null : <p className="soft">{emptyText(run, onlyTrouble)}</p>
  return (
    <>
      <div className="card table-scroll">
        <table className="plain-table" aria-label={text.log}>
          <TableHead columns={[text.columns.time, text.columns.what, text.columns.order, text.columns.text]} />
          <tbody>
            {entries.map((entry) => (
              <LogLine key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
        {hasMore && (
          <Button variant="default" mt="sm" loading={isLoading} onClick={loadMoreLines}>
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
