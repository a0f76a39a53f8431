import { Button } from '@mantine/core'
import { IconCopy, IconFileText, IconRefresh } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { LogEntry } from '../../src-shared/contract/contract'
import { type LogQuery, loadLog, MAX_ENTRIES, useLog } from '../program/log-store'
import { exactTimeText } from '../text/dates'
import { logText } from '../text/log-text'
import { EmptyState } from '../widgets/empty-state'
import { ExternalText } from '../widgets/external-text'
import { LoadState } from '../widgets/load-state'
import { notifyDone, notifyFailure } from '../widgets/notify'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { Screen } from '../widgets/screen'
import { TableHead } from '../widgets/table-head'
import { TimeText } from '../widgets/time-text'
import { LogFilters } from './log-filters'
import './log.css'

function LogRow({ entry }: { entry: LogEntry }) {
  return (
    <tr data-level={entry.level}>
      <td>
        <TimeText at={entry.at} />
      </td>
      <td className="log-level">{logText.levelLabels[entry.level]}</td>
      <td>{entry.runId ?? ''}</td>
      <td>{entry.order !== null && <ExternalText text={entry.order} />}</td>
      <td className="log-line">
        <ExternalText text={entry.text} lines="many" />
      </td>
    </tr>
  )
}

function LogTable({ entries }: { entries: LogEntry[] }) {
  if (entries.length === 0) {
    return (
      <EmptyState icon={<IconFileText size={40} stroke={1.5} aria-hidden />} title={logText.emptyTitle}>
        <p>{logText.empty}</p>
      </EmptyState>
    )
  }
  const { columns } = logText
  return (
    <div className="card table-scroll">
      <p className="soft small no-margin">{logText.shown(entries.length, MAX_ENTRIES)}</p>
      <table className="plain-table log-table" aria-label={logText.table}>
        <TableHead columns={[columns.at, columns.level, columns.run, columns.order, columns.text]} />
        <tbody>
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id, and the list is always replaced as a whole
            <LogRow key={index} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

async function copyEntries(entries: LogEntry[]): Promise<void> {
  const lines = entries.map(({ at, level, runId, order, text }) =>
    [exactTimeText(at), level, runId === null ? '' : `run=${runId}`, order === null ? '' : `order=${order}`, text]
      .filter((part) => part !== '')
      .join(' '),
  )
  try {
    await navigator.clipboard.writeText(lines.join('\n'))
    notifyDone(logText.copied(entries.length))
  } catch {
    notifyFailure({ code: 'not-copied', message: logText.notCopied, remedy: '' })
  }
}

/** The View Log screen: the latest entries, filtered by level, run, order and text. */
export function LogScreen() {
  const { entries, folder, failure, isReading } = useLog()
  const [query, setQuery] = useState<LogQuery>({})
  useEffect(() => void loadLog(query), [query])
  const reload = () => loadLog(query)
  return (
    <Screen
      title={logText.title}
      actions={
        <div className="form-actions no-margin">
          <Button variant="default" leftSection={<IconRefresh size={15} aria-hidden />} onClick={reload}>
            {logText.refresh}
          </Button>
          <Button
            variant="default"
            leftSection={<IconCopy size={15} aria-hidden />}
            disabled={entries === null || entries.length === 0}
            onClick={() => copyEntries(entries ?? [])}
          >
            {logText.copy}
          </Button>
          {folder !== '' && <OpenFolderButton folder={folder} label={logText.openFolder} />}
        </div>
      }
    >
      <LogFilters isReading={isReading} onSearch={setQuery} />
      <LoadState message={logText.reading} isLoaded={entries !== null} failure={failure} onRetry={reload} />
      {entries !== null && <LogTable entries={entries} />}
    </Screen>
  )
}
