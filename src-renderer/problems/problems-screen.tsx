import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockX,
  IconDatabaseImport,
  IconFileX,
  IconFolderX,
  IconHelpCircle,
  IconMailOff,
  type IconProps,
  IconServerOff,
} from '@tabler/icons-react'
import { type ComponentType, useEffect, useState } from 'react'
import type { ProblemRow } from '../../src-shared/contract'
import { goTo } from '../shell/navigation'
import { tellDone, tellFailure } from '../shell/tell'
import { Empty } from '../widgets/empty'
import { FailureNotice } from '../widgets/notice'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { OutsideText } from '../widgets/outside-text'
import { Screen } from '../widgets/screen'
import { TimeText } from '../widgets/time-text'
import { Waiting } from '../widgets/waiting'
import { DismissDialog } from './dismiss-dialog'
import { loadProblems, retryProblem, useProblems } from './problems-store'
import './problems.css'

const KINDS: Readonly<Record<ProblemRow['kind'], { label: string; icon: ComponentType<IconProps> }>> = {
  'order failed': { label: 'Order failed', icon: IconAlertTriangle },
  'needs review': { label: 'Needs review', icon: IconHelpCircle },
  folder: { label: 'Folder', icon: IconFolderX },
  'rejected file': { label: 'Rejected file', icon: IconFileX },
  'failed mail': { label: 'Failed mail', icon: IconMailOff },
  'mail server': { label: 'Mail server', icon: IconServerOff },
  sync: { label: 'Automatic sync', icon: IconClockX },
  restore: { label: 'Restored', icon: IconDatabaseImport },
}

const RETRYABLE: readonly ProblemRow['kind'][] = ['failed mail', 'mail server']
const DISMISSABLE: readonly ProblemRow['kind'][] = ['rejected file', 'failed mail', 'restore']

function TryAgainButton({ problem }: { problem: ProblemRow }) {
  const [isTrying, setTrying] = useState(false)
  const tryAgain = async () => {
    setTrying(true)
    const refusal = await retryProblem(problem.key)
    setTrying(false)
    if (refusal !== null) tellFailure(refusal)
    else tellDone('Tried again now: the order’s timeline says what becomes of it.')
  }
  return (
    <Button variant="default" loading={isTrying} onClick={tryAgain}>
      Try Again
    </Button>
  )
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
        {problem.kind === 'mail server' && <Button onClick={() => goTo({ screen: 'settings' })}>Open Settings</Button>}
        {problem.kind === 'sync' && <Button onClick={() => goTo({ screen: 'sync-status' })}>Open Sync Status</Button>}
        {RETRYABLE.includes(problem.kind) && <TryAgainButton problem={problem} />}
        {DISMISSABLE.includes(problem.kind) && (
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
        <p>
          Nothing needs you. Failed orders, orders to look at, folders that cannot be reached, rejected files and failed mails are listed
          here.
        </p>
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
