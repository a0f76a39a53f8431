import { Button, NativeSelect } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { RunRow, SyncTaskName } from '../../src-shared/contract/contract'
import { goTo } from '../navigation/navigation'
import type { Route } from '../navigation/routes'
import { useSyncStatus } from '../sync/sync-status-store'
import { dateTimeText, durationText } from '../text/dates'
import { outcomeLabel, triggerText } from '../text/state-labels'
import { syncHistoryText as text } from '../text/sync-history-text'
import { EmptyState } from '../widgets/empty-state'
import { ExternalText } from '../widgets/external-text'
import { LoadState } from '../widgets/load-state'
import { Screen } from '../widgets/screen'
import { TableHead } from '../widgets/table-head'
import { TimeText } from '../widgets/time-text'
import { ToneText } from '../widgets/tone-text'
import { loadMoreRuns, loadRuns, useSyncHistory } from './sync-history-store'

function RunTableRow({ run }: { run: RunRow }) {
  return (
    <tr>
      <td>
        <button
          type="button"
          className="link-button"
          aria-label={text.openRun(run.task, dateTimeText(run.startedAt))}
          onClick={() => goTo({ screen: 'run', runId: run.id })}
        >
          <TimeText at={run.startedAt} />
        </button>
      </td>
      <td>{run.task}</td>
      <td>
        <ToneText label={outcomeLabel(run.outcome)} />
      </td>
      <td>
        <ExternalText text={run.summary} lines="many" />
      </td>
      <td>{run.endedAt === null ? '' : durationText(run.startedAt, run.endedAt)}</td>
      <td>
        {triggerText(run.trigger)}
        {run.actor !== '' && (
          <>
            <br />
            <ExternalText text={run.actor} className="soft small" />
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
      <EmptyState icon={<IconHistory size={40} stroke={1.5} aria-hidden />} title={text.empty}>
        <p>{text.emptyHint}</p>
      </EmptyState>
    )
  }
  return (
    <div className="card table-scroll">
      <table className="plain-table" aria-label={text.runs}>
        <TableHead
          columns={[
            text.columns.started,
            text.columns.task,
            text.columns.outcome,
            text.columns.summary,
            text.columns.took,
            text.columns.why,
          ]}
        />
        <tbody>
          {runs.map((run) => (
            <RunTableRow key={run.id} run={run} />
          ))}
        </tbody>
      </table>
      {hasMore && (
        <Button variant="default" mt="sm" loading={isLoading} onClick={loadMoreRuns}>
          {text.loadMore}
        </Button>
      )}
    </div>
  )
}

/** Sync > History. Initially shows the runs of the route's task. */
export function SyncHistoryScreen({ route }: { route: Route<'sync-history'> }) {
  const tasks = useSyncStatus((state) => state.tasks)
  const [selected, setSelected] = useState(route.task ?? '')
  const task: SyncTaskName | null = tasks.find((row) => row.name === selected)?.name ?? null
  const runs = useSyncHistory((state) => (state.task === task ? state.runs : null))
  const failure = useSyncHistory((state) => state.failure)
  useEffect(() => void loadRuns(task), [task])
  return (
    <Screen
      title={text.title}
      actions={
        <NativeSelect
          aria-label={text.task}
          data={[{ value: '', label: text.allTasks }, ...tasks.map((row) => row.name)]}
          value={task ?? ''}
          onChange={(event) => setSelected(event.currentTarget.value)}
        />
      }
    >
      <LoadState message={text.waiting} isLoaded={runs !== null} failure={failure} onRetry={() => loadRuns(task)} />
      {runs !== null && <RunsTable runs={runs} />}
    </Screen>
  )
}
