import { Button, NativeSelect } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { RunRow, SyncTaskName } from '../../src-shared/contract'
import { useSyncStatus } from '../sync-status/sync-status-store'
import { durationText } from '../text/dates'
import { outcomeWords, triggerText } from '../text/state-words'
import { Empty } from '../widgets/empty'
import { FailureNotice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { Screen } from '../widgets/screen'
import { TimeText } from '../widgets/time-text'
import { ToneText } from '../widgets/tone-text'
import { Waiting } from '../widgets/waiting'
import { loadMoreRuns, loadRuns, useSyncHistory } from './sync-history-store'

function RunLine({ run }: { run: RunRow }) {
  return (
    <tr>
      <td>
        <TimeText at={run.startedAt} />
      </td>
      <td>{run.task}</td>
      <td>
        <ToneText words={outcomeWords(run.outcome)} />
      </td>
      <td>
        <OutsideText text={run.summary} lines="many" />
      </td>
      <td>{run.endedAt === null ? '' : durationText(run.startedAt, run.endedAt)}</td>
      <td>
        {triggerText(run.trigger)}
        {run.actor !== '' && (
          <>
            <br />
            <OutsideText text={run.actor} className="soft small" />
          </>
        )}
      </td>
    </tr>
  )
}

function RunsTable({ runs }: { runs: RunRow[] }) {
  const hasMore = useSyncHistory((state) => state.hasMore)
  const isLoading = useSyncHistory((state) => state.isLoading)
  if (runs.length === 0) {
    return (
      <Empty icon={<IconHistory size={40} stroke={1.5} aria-hidden />} title="No runs yet">
        <p>
          Every run of a sync task is listed here, with what it did. The first one comes with the next automatic sync, or with Sync Now.
        </p>
      </Empty>
    )
  }
  return (
    <div className="card table-scroll">
      <table className="plain-table" aria-label="Runs">
        <thead>
          <tr>
            <th scope="col">Started</th>
            <th scope="col">Task</th>
            <th scope="col">Outcome</th>
            <th scope="col">Summary</th>
            <th scope="col">Took</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunLine key={run.id} run={run} />
          ))}
        </tbody>
      </table>
      {hasMore && (
        <Button variant="default" mt="sm" loading={isLoading} onClick={loadMoreRuns}>
          Load more
        </Button>
      )}
    </div>
  )
}

/** Sync > History; `task`: the one that the person came for. */
export function SyncHistoryScreen({ task: wanted }: { task: string | null }) {
  const tasks = useSyncStatus((state) => state.tasks)
  const [chosen, setChosen] = useState(wanted ?? '')
  const task: SyncTaskName | null = tasks.find((row) => row.name === chosen)?.name ?? null
  const runs = useSyncHistory((state) => (state.task === task ? state.runs : null))
  const failure = useSyncHistory((state) => state.failure)
  useEffect(() => void loadRuns(task), [task])
  return (
    <Screen
      title="Sync History"
      actions={
        <NativeSelect
          aria-label="Task"
          data={[{ value: '', label: 'All tasks' }, ...tasks.map((row) => row.name)]}
          value={task ?? ''}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      }
    >
      {failure !== null && (
        <FailureNotice
          failure={failure}
          actions={
            <Button variant="default" onClick={() => loadRuns(task)}>
              Retry
            </Button>
          }
        />
      )}
      {runs !== null && <RunsTable runs={runs} />}
      {runs === null && failure === null && <Waiting what="Reading the history" onRetry={() => loadRuns(task)} />}
    </Screen>
  )
}
