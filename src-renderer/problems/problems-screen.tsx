import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconFileX, IconFolderX, IconHelpCircle, type IconProps } from '@tabler/icons-react'
import { type ComponentType, useEffect, useState } from 'react'
import type { ProblemRow } from '../../src-shared/contract'
import { goTo } from '../shell/navigation'
import { Empty } from '../widgets/empty'
import { FailureNotice } from '../widgets/notice'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { OutsideText } from '../widgets/outside-text'
import { Screen } from '../widgets/screen'
import { TimeText } from '../widgets/time-text'
import { Waiting } from '../widgets/waiting'
import { DismissDialog } from './dismiss-dialog'
import { loadProblems, useProblems } from './problems-store'
import './problems.css'

const KINDS: Readonly<Record<ProblemRow['kind'], { label: string; icon: ComponentType<IconProps> }>> = {
  'order failed': { label: 'Order failed', icon: IconAlertTriangle },
  'needs review': { label: 'Needs review', icon: IconHelpCircle },
  folder: { label: 'Folder', icon: IconFolderX },
  'rejected file': { label: 'Rejected file', icon: IconFileX },
}

function Problem({ problem }: { problem: ProblemRow }) {
  const [isDismissing, setDismissing] = useState(false)
  const { label, icon: Icon } = KINDS[problem.kind]
  const { orderId } = problem
  return (
    <li className="problem" data-kind={problem.kind}>
      <Icon size={20} aria-hidden />
      <div className="problem-text">
        <h2>
          <OutsideText text={problem.title} lines="many" />
        </h2>
        <OutsideText text={problem.failure.message} lines="many" />
        <OutsideText text={problem.failure.remedy} lines="many" className="problem-remedy" />
        <p className="soft small">
          {label} · <TimeText at={problem.at} />
        </p>
      </div>
      <div className="problem-actions">
        {orderId !== null && <Button onClick={() => goTo({ screen: 'order', orderId })}>Open Order</Button>}
        {problem.folder !== null && <OpenFolderButton folder={problem.folder} />}
        {problem.kind === 'rejected file' && (
          <Button variant="default" onClick={() => setDismissing(true)}>
            Dismiss
          </Button>
        )}
      </div>
      {isDismissing && <DismissDialog problem={problem} onClose={() => setDismissing(false)} />}
    </li>
  )
}

function ProblemList({ problems }: { problems: ProblemRow[] }) {
  if (problems.length === 0) {
    return (
      <Empty icon={<IconCircleCheck size={40} stroke={1.5} aria-hidden />} title="Everything is synced">
        <p>Nothing needs you. Failed orders, orders to look at, folders that cannot be reached and rejected files are listed here.</p>
      </Empty>
    )
  }
  return (
    <ul className="problem-list" aria-label="Problems">
      {problems.map((problem) => (
        <Problem key={problem.key} problem={problem} />
      ))}
    </ul>
  )
}

/** Sync > Problems. */
export function ProblemsScreen() {
  const problems = useProblems((state) => state.problems)
  const failure = useProblems((state) => state.failure)
  useEffect(() => void loadProblems(), [])
  return (
    <Screen title="Problems">
      {failure !== null && (
        <FailureNotice
          failure={failure}
          actions={
            <Button variant="default" onClick={loadProblems}>
              Retry
            </Button>
          }
        />
      )}
      {problems !== null && <ProblemList problems={problems} />}
      {problems === null && failure === null && <Waiting what="Reading the problems" onRetry={loadProblems} />}
    </Screen>
  )
}
