import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowLeft, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { RunEntryRow, RunRow } from '../../src-shared/contract/contract'
import { goBack } from '../navigation/navigation'
import type { Route } from '../navigation/routes'
import { dateTimeText, durationText } from '../text/dates'
import { outcomeLabel, triggerText } from '../text/state-labels'
import { syncHistoryText } from '../text/sync-history-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone, notifyFailure } from '../widgets/notify'
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
        <ToneText label={outcomeLabel(run.outcome)} />
      </dd>
      <dt>{text.summary}</dt>
      <dd>
        <ExternalText text={run.summary} />
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
        <ExternalText text={[triggerText(run.trigger), run.actor].filter((part) => part !== '').join(', ')} />
      </dd>
    </dl>
  )
}

/** The log as text, for an email or a ticket. */
function runLogText(run: RunRow, entries: readonly RunEntryRow[]): string {
  const head = `${text.title(run.task)}, ${dateTimeText(run.startedAt)}: ${outcomeLabel(run.outcome).text}. ${run.summary}`
  const lines = entries.map(({ at, level, orderNumber, text: message }) => [at, text.levels[level], orderNumber ?? '', message].join('\t'))
  return [head, ...lines].join('\n')
}

async function copyLog(run: RunRow, entries: readonly RunEntryRow[]): Promise<void> {
  try {
    await navigator.clipboard.writeText(runLogText(run, entries))
    notifyDone(text.copied)
  } catch (error) {
    notifyFailure({ code: 'not-copied', message: text.notCopied, remedy: errorMessage(error) })
  }
}

/** A run of a sync task, with its log. */
export function RunScreen({ route: { runId } }: { route: Route<'run'> }) {
  const [onlyProblems, setOnlyProblems] = useState(false)
  const run = useRunLog((state) => (state.runId === runId ? state.run : null))
  const entries = useRunLog((state) => state.entries)
  const failure = useRunLog((state) => (state.runId === runId ? state.failure : null))
  const load = () => void loadRunLog(runId, onlyProblems)
  useEffect(() => void loadRunLog(runId, onlyProblems), [runId, onlyProblems])
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
      {run === null && failure === null && <Waiting message={text.waiting} onRetry={load} />}
      {run !== null && (
        <>
          <RunFacts run={run} />
          <div className="run-log-head">
            <SegmentedControl
              aria-label={text.show}
              data={[
                { value: 'all', label: text.all },
                { value: 'problems', label: text.onlyFailures },
              ]}
              value={onlyProblems ? 'problems' : 'all'}
              onChange={(value) => setOnlyProblems(value === 'problems')}
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
