import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ProblemRow } from '../../src-shared/contract/contract'
import { useCan } from '../session/can'
import { ResolveDialog } from '../sync/resolve-dialog'
import { problemsText } from '../text/problems-text'
import { ExternalText } from '../widgets/external-text'
import { Notice } from '../widgets/notice'

const DISMISS = 'dismiss'

function OrderProblem({ problem }: { problem: ProblemRow }) {
  const canResolve = useCan('sync.resolveProblems')
  const [isConfirming, setConfirming] = useState(false)
  const dismiss = (
    <Button variant="default" onClick={() => setConfirming(true)}>
      {problemsText.actions.dismiss}
    </Button>
  )
  return (
    <Notice tone="bad" role="alert" actions={canResolve ? dismiss : undefined}>
      <p>
        <strong>
          <ExternalText text={problem.failure.message} lines="many" />
        </strong>
      </p>
      <p>
        <ExternalText text={problem.failure.remedy} lines="many" />
      </p>
      {isConfirming && <ResolveDialog action={DISMISS} selection={{ keys: [problem.key] }} onClose={() => setConfirming(false)} />}
    </Notice>
  )
}

/** The order's problems that its sync state doesn't show, e.g. that the store changed the order after it was sent. */
export function OrderProblems({ problems }: { problems: readonly ProblemRow[] }) {
  return problems.map((problem) => <OrderProblem key={problem.key} problem={problem} />)
}
