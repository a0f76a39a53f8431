import { Button, Checkbox } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBuildingStore,
  IconClockExclamation,
  IconClockX,
  IconCopy,
  IconDatabaseImport,
  IconFileX,
  IconFolderX,
  IconHelpCircle,
  IconMailOff,
  type IconProps,
  IconReplace,
  IconServerOff,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { ProblemAction, ProblemKind, ProblemRow } from '../../src-shared/contract/contract'
import { goTo } from '../navigation/navigation'
import { OwnerDecision } from '../sync/owner-decision'
import { problemsText as text } from '../text/problems-text'
import { ExternalText } from '../widgets/external-text'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { TimeText } from '../widgets/time-text'

const ICONS: Readonly<Record<ProblemKind, ComponentType<IconProps>>> = {
  'order failed': IconAlertTriangle,
  'needs review': IconHelpCircle,
  overdue: IconClockExclamation,
  'changed in store': IconReplace,
  store: IconBuildingStore,
  folder: IconFolderX,
  'rejected file': IconFileX,
  'failed mail': IconMailOff,
  'mail server': IconServerOff,
  restore: IconDatabaseImport,
  sync: IconClockX,
  ownership: IconCopy,
}

interface ProblemItemProps {
  problem: ProblemRow
  /** Null if the problem has no bulk actions. */
  isSelected: boolean | null
  /** False for users who may only view. */
  canResolve: boolean
  onSelect: (isSelected: boolean, isShiftPressed: boolean) => void
  onAction: (action: ProblemAction) => void
}

/** A problem: what happened, why, what to do, and the action buttons. */
export function ProblemItem({ problem, isSelected, canResolve, onSelect, onAction }: ProblemItemProps) {
  const { kind, orderId, title, failure } = problem
  const Icon = ICONS[kind]
  return (
    <li className="problem" data-kind={kind} data-selected={isSelected === true}>
      {canResolve && (
        <Checkbox
          className="problem-select"
          aria-label={text.select(title)}
          disabled={isSelected === null}
          checked={isSelected ?? false}
          onChange={(event) => onSelect(event.currentTarget.checked, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      )}
      <Icon size={20} aria-hidden />
      <div className="problem-text">
        <h2>
          <ExternalText text={title} lines="many" />
        </h2>
        <ExternalText text={failure.message} lines="many" />
        <ExternalText text={failure.remedy} lines="many" className="problem-remedy" />
        <p className="soft small">
          {text.kinds[kind]}
          {text.kindAndTime}
          <TimeText at={problem.at} />
        </p>
      </div>
      <div className="problem-actions">
        {orderId !== null && <Button onClick={() => goTo({ screen: 'order', orderId })}>{text.openOrder}</Button>}
        {problem.folder !== null && <OpenFolderButton folder={problem.folder} />}
        {kind === 'mail server' && <Button onClick={() => goTo({ screen: 'settings' })}>{text.openSettings}</Button>}
        {kind === 'store' && <Button onClick={() => goTo({ screen: 'sync-settings' })}>{text.openSyncSettings}</Button>}
        {kind === 'ownership' && <OwnerDecision />}
        {kind === 'sync' && <Button onClick={() => goTo({ screen: 'sync-status' })}>{text.openStatus}</Button>}
        {canResolve &&
          problem.actions.map((action) => (
            <Button key={action} variant="default" onClick={() => onAction(action)}>
              {text.actions[action]}
            </Button>
          ))}
      </div>
    </li>
  )
}
