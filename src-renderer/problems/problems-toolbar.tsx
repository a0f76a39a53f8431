import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { PROBLEM_ACTIONS, PROBLEM_KINDS, type ProblemAction, type ProblemKind, type ProblemRow } from '../../src-shared/contract/contract'
import { problemsText as text } from '../text/problems-text'
import { chooseKind, matching, searchProblems, select, useProblems } from './problems-store'

/** The filters by text and kind. */
export function ProblemFilters() {
  const { kind, search, list } = useProblems()
  const counts = list?.counts
  const total = matching({ list, kind: null }).count
  const kinds = PROBLEM_KINDS.filter((one) => one === kind || (counts?.[one] ?? 0) > 0)
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
          ...kinds.map((one) => ({ value: one, label: text.kindWithCount(text.kinds[one], counts?.[one] ?? 0) })),
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
  const keys = rows.flatMap(({ key, actions: possible }) => (possible.length > 0 ? [key] : []))
  const isAllShown = selectedCount > 0 && (selected === 'all' || keys.every((key) => selected.has(key)))
  return (
    <div className="problem-selection">
      <Checkbox
        label={text.selectAll}
        checked={isAllShown}
        indeterminate={selectedCount > 0 && !isAllShown}
        onChange={() => select(isAllShown ? new Set() : new Set(keys))}
      />
      <span className="soft" role="status">
        {text.selected(selectedCount)}
      </span>
      {isAllShown && selected !== 'all' && count > rows.length && (
        <button type="button" className="link-button" onClick={() => select('all')}>
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
