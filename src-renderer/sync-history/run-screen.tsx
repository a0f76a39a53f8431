import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowLeft, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { RunEntryRow, RunRow } from '../../src-shared/contract/contract'
import { goBack } from '../navigation/navigation'
import type { Route } from '../navigation/routes'
import { dateTimeText, durationText } from '../text/dates'
import { outcomeWords, triggerText } from '../text/state-words'
import { syncHistoryText } from '../text/sync-history-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone, notifyFailure } from '../widgets/notify'
import { OutsideText } from '../widgets/outside-text'
import { Screen } from '../widgets/screen'
import { TimeText } from '../widgets/time-text'
import { ToneText } from '../widgets/tone-text'
import { Waiting } from '../widgets/waiting'
import { loadRunLog, useRunLog } from './run-log-store'
import { RunLogTable } from './run-log-table'
import './run.css'
import { errorMessage } from '../../src-shared/failure'

const text = syncHistoryText.run

function RunFacts({ run }: { run: RunRow }) {
  return (
    <dl className="facts card run-facts">
      <dt>{text.outcome}</dt>
      <dd>
        <ToneText words={outcomeWords(run.outcome)} />
      </dd>
      <dt>{text.summary}</dt>
      <dd>
        <OutsideText text={run.summary} />
      </dd>
      <dt>{text.started}</dt>
      <dd>
        <TimeText at={run.startedAt} />
      </dd>
      {run.endedAt !== null && (
        <>
          <dt>{text.took}</dt>
          <dd>{durationText(run.startedAt, run.endedAt)}</dd>
        </>
      )}
      <dt>{text.why}</dt>
      <dd>
        <OutsideText text={[triggerText(run.trigger), run.actor].filter((part) => part !== '').join(', ')} />
      </dd>
    </dl>
  )
}

/** The log as text for a mail or a ticket. */
function asText(run: RunRow, entries: readonly RunEntryRow[]): string {
  const head = `${text.title(run.task)}, ${dateTimeText(run.startedAt)}: ${outcomeWords(run.outcome).text}. ${run.summary}`
  const lines = entries.map(({ at, level, orderNumber, text: said }) => [at, text.levels[level], orderNumber ?? '', said].join('\t'))
  return [head, ...lines].join('\n')
}

async function copyLog(run: RunRow, entries: readonly RunEntryRow[]): Promise<void> {
  try {
    await navigator.clipboard.writeText(asText(run, entries))
    notifyDone(text.copied)
  } catch (error) {
    notifyFailure({ code: 'not-copied', message: text.notCopied, remedy: errorMessage(error) })
  }
}

/** One run of a sync task: what it did, line by line. */
export function RunScreen({ route: { runId } }: { route: Route<'run'> }) {
  const [onlyTrouble, setOnlyTrouble] = useState(false)
  const run = useRunLog((state) => (state.runId === runId ? state.run : null))
  const entries = useRunLog((state) => state.entries)
  const failure = useRunLog((state) => (state.runId === runId ? state.failure : null))
  const load = () => void loadRunLog(runId, onlyTrouble)
  useEffect(() => void loadRunLog(runId, onlyTrouble), [runId, onlyTrouble])
  return (
    <Screen
      title={run === null ? syncHistoryText.title : text.title(run.task)}
      actions={
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={15} aria-hidden />}
          onClick={() => goBack({ screen: 'sync-history', task: run?.task ?? null })}
        >
          {text.back}
        </Button>
      }
    >
      {failure !== null && <FailureNotice failure={failure} />}
      {run === null && failure === null && <Waiting what={text.waiting} onRetry={load} />}
      {run !== null && (
        <>
          <RunFacts run={run} />
          <div className="run-log-head">
            <SegmentedControl
              aria-label={text.show}
              data={[
                { value: 'all', label: text.all },
                { value: 'trouble', label: text.onlyTrouble },
              ]}
              value={onlyTrouble ? 'trouble' : 'all'}
              onChange={(value) => setOnlyTrouble(value === 'trouble')}
            />
            <Button
              variant="default"
              leftSection={<IconCopy size={15} aria-hidden />}
              disabled={entries.length === 0}
              onClick={() => copyLog(run, entries)}
            >
              {text.copy}
            </Button>
          </div>
          <RunLogTable run={run} />
        </>
      )}
    </Screen>
  )
}
