import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ProblemRow } from '../../src-shared/contract/contract'
import { useCan } from '../session/can'
import { ResolveDialog } from '../sync/resolve-dialog'
import { problemsText } from '../text/problems-text'
import { Notice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'

const DISMISS = 'dismiss'

function OrderProblem({ problem }: { problem: ProblemRow }) {
  const canResolve = useCan('sync.resolveProblems')
  const [isAsked, setAsked] = useState(false)
  const dismiss = (
    <Button variant="default" onClick={() => setAsked(true)}>
      {problemsText.actions.dismiss}
    </Button>
  )
  return (
    <Notice tone="bad" role="alert" actions={canResolve ? dismiss : undefined}>
      <p>
        <strong>
          <OutsideText text={problem.failure.message} lines="many" />
        </strong>
      </p>
      <p>
        <OutsideText text={problem.failure.remedy} lines="many" />
      </p>
      {isAsked && <ResolveDialog action={DISMISS} selection={{ keys: [problem.key] }} onClose={() => setAsked(false)} />}
    </Notice>
  )
}

/** Problems about the order beside its sync state, e.g. that the store changed it after it was sent. */
export function OrderProblems({ problems }: { problems: readonly ProblemRow[] }) {
  return problems.map((problem) => <OrderProblem key={problem.key} problem={problem} />)
}
