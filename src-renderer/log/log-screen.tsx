import { Button } from '@mantine/core'
import { IconCopy, IconFileText, IconRefresh } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { LogEntry } from '../../src-shared/contract/contract'
import { type LogQuery, loadLog, MAX_LINES, useLog } from '../program/log-store'
import { exactTimeText } from '../text/dates'
import { logText } from '../text/log-text'
import { Empty } from '../widgets/empty'
import { notifyDone, notifyFailure } from '../widgets/notify'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { OutsideText } from '../widgets/outside-text'
import { ReadState } from '../widgets/read-state'
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
      <td className="log-level">{logText.words[entry.level]}</td>
      <td>{entry.runId ?? ''}</td>
      <td>{entry.order !== null && <OutsideText text={entry.order} />}</td>
      <td className="log-line">
        <OutsideText text={entry.text} lines="many" />
      </td>
    </tr>
  )
}

function LogTable({ entries }: { entries: LogEntry[] }) {
  if (entries.length === 0) {
    return (
      <Empty icon={<IconFileText size={40} stroke={1.5} aria-hidden />} title={logText.emptyTitle}>
        <p>{logText.empty}</p>
      </Empty>
    )
  }
  const { columns } = logText
  return (
    <div className="card table-scroll">
      <p className="soft small no-margin">{logText.shown(entries.length, MAX_LINES)}</p>
      <table className="plain-table log-table" aria-label={logText.table}>
        <TableHead columns={[columns.at, columns.level, columns.run, columns.order, columns.text]} />
        <tbody>
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, and the list is replaced as a whole
            <LogRow key={index} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

async function copy(entries: LogEntry[]): Promise<void> {
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

/** View Log: the newest lines, by level, run, order and text. */
export function LogScreen() {
  const { entries, folder, failure, isReading } = useLog()
  const [question, setQuestion] = useState<LogQuery>({})
  useEffect(() => void loadLog(question), [question])
  const again = () => loadLog(question)
  return (
    <Screen
      title={logText.title}
      actions={
        <div className="form-actions no-margin">
          <Button variant="default" leftSection={<IconRefresh size={15} aria-hidden />} onClick={again}>
            {logText.refresh}
          </Button>
          <Button
            variant="default"
            leftSection={<IconCopy size={15} aria-hidden />}
            disabled={entries === null || entries.length === 0}
            onClick={() => copy(entries ?? [])}
          >
            {logText.copy}
          </Button>
          {folder !== '' && <OpenFolderButton folder={folder} label={logText.openFolder} />}
        </div>
      }
    >
      <LogFilters isReading={isReading} onAsk={setQuestion} />
      <ReadState what={logText.reading} isRead={entries !== null} failure={failure} onRetry={again} />
      {entries !== null && <LogTable entries={entries} />}
    </Screen>
  )
}
