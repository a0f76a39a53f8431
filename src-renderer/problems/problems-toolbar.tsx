import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { PROBLEM_ACTIONS, PROBLEM_KINDS, type ProblemAction, type ProblemKind, type ProblemRow } from '../../src-shared/contract/contract'
import { problemsText as text } from '../text/problems-text'
import { chooseKind, matchingProblems, searchProblems, selectProblems, useProblems } from './problems-store'

/** The search field, and the filter by kind. */
export function ProblemFilters() {
  const { kind, search, list } = useProblems()
  const counts = list?.counts
  const total = matchingProblems({ list, kind: null }).count
  const kinds = PROBLEM_KINDS.filter((option) => option === kind || (counts?.[option] ?? 0) > 0)
  return (
    <div className="problem-filters">
      <TextInput
        aria-label={text.search}
        placeholder={text.searchHint}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={search}
        maxLength={200}
        onChange={(event) => searchProblems(event.currentTarget.value)}
      />
      <NativeSelect
        aria-label={text.kind}
        value={kind ?? ''}
        data={[
          { value: '', label: text.allKinds(total) },
          ...kinds.map((option) => ({ value: option, label: text.kindWithCount(text.kinds[option], counts?.[option] ?? 0) })),
        ]}
        onChange={(event) => chooseKind(event.currentTarget.value === '' ? null : (event.currentTarget.value as ProblemKind))}
      />
    </div>
  )
}

interface ProblemSelectionBarProps {
  rows: readonly ProblemRow[]
  count: number
  onAction: (action: ProblemAction) => void
}

/** The number of selected problems, with the bulk actions. */
export function ProblemSelectionBar({ rows, count, onAction }: ProblemSelectionBarProps) {
  const selected = useProblems((state) => state.selected)
  const selectedCount = selected === 'all' ? count : selected.size
  const chosen = rows.filter(({ key }) => selected === 'all' || selected.has(key))
  const actions = PROBLEM_ACTIONS.filter((action) => chosen.some((problem) => problem.actions.includes(action)))
  const selectableKeys = rows.flatMap(({ key, actions: possible }) => (possible.length > 0 ? [key] : []))
  const isAllShownSelected = selectedCount > 0 && (selected === 'all' || selectableKeys.every((key) => selected.has(key)))
  return (
    <div className="problem-selection">
      <Checkbox
        label={text.selectAll}
        checked={isAllShownSelected}
        indeterminate={selectedCount > 0 && !isAllShownSelected}
        onChange={() => selectProblems(isAllShownSelected ? new Set() : new Set(selectableKeys))}
      />
      <span className="soft" role="status">
        {text.selected(selectedCount)}
      </span>
      {isAllShownSelected && selected !== 'all' && count > rows.length && (
        <button type="button" className="link-button" onClick={() => selectProblems('all')}>
          {text.selectAllOf(count)}
        </button>
      )}
      <div className="problem-selection-actions">
        {actions.map((action) => (
          <Button key={action} variant="default" onClick={() => onAction(action)}>
            {text.actions[action]}
          </Button>
        ))}
      </div>
    </div>
  )
}
