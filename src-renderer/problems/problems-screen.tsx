import { Button } from '@mantine/core'
import { IconCircleCheck, IconSearchOff } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { ProblemAction, ProblemRow, ProblemSelection } from '../../src-shared/contract/contract'
import { useCan } from '../session/can'
import { ResolveDialog } from '../sync/resolve-dialog'
import { problemsText as text } from '../text/problems-text'
import { Empty } from '../widgets/empty'
import { Notice } from '../widgets/notice'
import { ReadState } from '../widgets/read-state'
import { Screen } from '../widgets/screen'
import { ProblemItem } from './problem-item'
import { chooseKind, clearSelection, loadProblems, matching, searchProblems, select, selectedProblems, useProblems } from './problems-store'
import { ProblemFilters, ProblemSelectionBar } from './problems-toolbar'
import './problems.css'

function EverythingSynced() {
  return (
    <Empty icon={<IconCircleCheck size={40} stroke={1.5} aria-hidden />} title={text.empty}>
      <p>{text.emptyHint}</p>
    </Empty>
  )
}

function NothingFound() {
  const showAll = () => {
    chooseKind(null)
    void searchProblems('')
  }
  return (
    <Empty icon={<IconSearchOff size={40} stroke={1.5} aria-hidden />} title={text.nothingFound}>
      <p>{text.nothingFoundHint}</p>
      <Button variant="default" onClick={showAll}>
        {text.showAll}
      </Button>
    </Empty>
  )
}

/** What the dialog is about: one problem, or those that were selected when it opened. */
interface Asked {
  action: ProblemAction
  selection: ProblemSelection
}

function ProblemRows({ rows, canResolve, onAsk }: { rows: ProblemRow[]; canResolve: boolean; onAsk: (asked: Asked) => void }) {
  const selected = useProblems((state) => state.selected)
  const lastKey = useRef<string | null>(null)
  const isSelected = ({ key, actions }: ProblemRow) => (actions.length === 0 ? null : selected === 'all' || selected.has(key))

  /** With Shift, everything from the one that was last clicked. */
  const choose = (row: ProblemRow, isOn: boolean, withShift: boolean) => {
    const keys = new Set(selected === 'all' ? rows.map(({ key }) => key) : selected)
    const here = rows.indexOf(row)
    const there = rows.findIndex(({ key }) => key === lastKey.current)
    const range = withShift && there !== -1 ? rows.slice(Math.min(here, there), Math.max(here, there) + 1) : [row]
    for (const { key, actions } of range) {
      if (isOn && actions.length > 0) keys.add(key)
      else keys.delete(key)
    }
    lastKey.current = row.key
    select(keys)
  }

  return (
    <ul className="problem-list" aria-label={text.list}>
      {rows.map((row) => (
        <ProblemItem
          key={row.key}
          problem={row}
          isSelected={isSelected(row)}
          canResolve={canResolve}
          onSelect={(isOn, withShift) => choose(row, isOn, withShift)}
          onAction={(action) => onAsk({ action, selection: { keys: [row.key] } })}
        />
      ))}
    </ul>
  )
}

/** Sync > Problems. */
export function ProblemsScreen() {
  const { list, kind, search, failure } = useProblems()
  const [asked, setAsked] = useState<Asked | null>(null)
  const canResolve = useCan('sync.resolveProblems')
  useEffect(() => {
    clearSelection()
    void loadProblems()
  }, [])
  const { rows, count } = matching({ list, kind })
  const isFiltered = kind !== null || search.trim() !== ''
  return (
    <Screen title={text.title}>
      <ReadState what={text.waiting} isRead={list !== null} failure={failure} onRetry={loadProblems} />
      {list !== null && (count > 0 || isFiltered) && <ProblemFilters />}
      {list !== null && count === 0 && (isFiltered ? <NothingFound /> : <EverythingSynced />)}
      {count > 0 && (
        <>
          {canResolve && (
            <ProblemSelectionBar rows={rows} count={count} onAction={(action) => setAsked({ action, selection: selectedProblems() })} />
          )}
          {count > rows.length && (
            <Notice tone="plain">
              <p>{text.shownOf(rows.length, count)}</p>
            </Notice>
          )}
          <ProblemRows rows={rows} canResolve={canResolve} onAsk={setAsked} />
        </>
      )}
      {asked !== null && <ResolveDialog {...asked} onDone={clearSelection} onClose={() => setAsked(null)} />}
    </Screen>
  )
}
