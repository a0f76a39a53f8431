import { Button } from '@mantine/core'
import { IconCircleCheck, IconSearchOff } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { ProblemAction, ProblemRow, ProblemSelection } from '../../src-shared/contract/contract'
import { useCan } from '../session/can'
import { ResolveDialog } from '../sync/resolve-dialog'
import { problemsText as text } from '../text/problems-text'
import { EmptyState } from '../widgets/empty-state'
import { LoadState } from '../widgets/load-state'
import { Notice } from '../widgets/notice'
import { Screen } from '../widgets/screen'
import { ProblemItem } from './problem-item'
import {
  chooseKind,
  clearSelection,
  loadProblems,
  matchingProblems,
  searchProblems,
  selectedProblems,
  selectProblems,
  useProblems,
} from './problems-store'
import { ProblemFilters, ProblemSelectionBar } from './problems-toolbar'
import './problems.css'

function NoProblems() {
  return (
    <EmptyState icon={<IconCircleCheck size={40} stroke={1.5} aria-hidden />} title={text.empty}>
      <p>{text.emptyHint}</p>
    </EmptyState>
  )
}

function NoMatches() {
  const showAll = () => {
    chooseKind(null)
    void searchProblems('')
  }
  return (
    <EmptyState icon={<IconSearchOff size={40} stroke={1.5} aria-hidden />} title={text.nothingFound}>
      <p>{text.nothingFoundHint}</p>
      <Button variant="default" onClick={showAll}>
        {text.showAll}
      </Button>
    </EmptyState>
  )
}

/** The action that the dialog confirms, for one problem or for those that were selected when the dialog opened. */
interface RequestedAction {
  action: ProblemAction
  selection: ProblemSelection
  /** True if the one selected problem is about an order. */
  isAboutOrder?: boolean
}

function ProblemRows({
  rows,
  canResolve,
  onRequest,
}: {
  rows: ProblemRow[]
  canResolve: boolean
  onRequest: (requested: RequestedAction) => void
}) {
  const selected = useProblems((state) => state.selected)
  const lastKey = useRef<string | null>(null)
  const isSelected = ({ key, actions }: ProblemRow) => (actions.length === 0 ? null : selected === 'all' || selected.has(key))

  /** Selects or deselects a row or, with Shift, all rows from the last one clicked to this one. */
  const selectRow = (row: ProblemRow, isOn: boolean, isShiftPressed: boolean) => {
    const keys = new Set(selected === 'all' ? rows.map(({ key }) => key) : selected)
    const index = rows.indexOf(row)
    const lastIndex = rows.findIndex(({ key }) => key === lastKey.current)
    const range = isShiftPressed && lastIndex !== -1 ? rows.slice(Math.min(index, lastIndex), Math.max(index, lastIndex) + 1) : [row]
    for (const { key, actions } of range) {
      if (isOn && actions.length > 0) keys.add(key)
      else keys.delete(key)
    }
    lastKey.current = row.key
    selectProblems(keys)
  }

  return (
    <ul className="problem-list" aria-label={text.list}>
      {rows.map((row) => (
        <ProblemItem
          key={row.key}
          problem={row}
          isSelected={isSelected(row)}
          canResolve={canResolve}
          onSelect={(isOn, isShiftPressed) => selectRow(row, isOn, isShiftPressed)}
          onAction={(action) => onRequest({ action, selection: { keys: [row.key] }, isAboutOrder: row.orderId !== null })}
        />
      ))}
    </ul>
  )
}

/** Sync > Problems. */
export function ProblemsScreen() {
  const { list, kind, search, failure } = useProblems()
  const [requested, setRequested] = useState<RequestedAction | null>(null)
  const canResolve = useCan('sync.resolveProblems')
  useEffect(() => {
    clearSelection()
    void loadProblems()
  }, [])
  const { rows, count } = matchingProblems({ list, kind })
  const isFiltered = kind !== null || search.trim() !== ''
  return (
    <Screen title={text.title}>
      <LoadState message={text.waiting} isLoaded={list !== null} failure={failure} onRetry={loadProblems} />
      {list !== null && (count > 0 || isFiltered) && <ProblemFilters />}
      {list !== null && count === 0 && (isFiltered ? <NoMatches /> : <NoProblems />)}
      {count > 0 && (
        <>
          {canResolve && (
            <ProblemSelectionBar rows={rows} count={count} onAction={(action) => setRequested({ action, selection: selectedProblems() })} />
          )}
          {count > rows.length && (
            <Notice tone="plain">
              <p>{text.shownOf(rows.length, count)}</p>
            </Notice>
          )}
          <ProblemRows rows={rows} canResolve={canResolve} onRequest={setRequested} />
        </>
      )}
      {requested !== null && <ResolveDialog {...requested} onDone={clearSelection} onClose={() => setRequested(null)} />}
    </Screen>
  )
}
