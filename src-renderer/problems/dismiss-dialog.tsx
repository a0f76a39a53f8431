import type { ProblemRow } from '../../src-shared/contract'
import { OutsideText } from '../widgets/outside-text'
import { ReasonDialog } from '../widgets/reason-dialog'
import { dismissProblem } from './problems-store'

/** Asks why a problem is closed. */
export function DismissDialog({ problem, onClose }: { problem: ProblemRow; onClose: () => void }) {
  return (
    <ReasonDialog
      title="Dismiss this problem"
      whenMissing="Say why it needs no one any more."
      action="Dismiss"
      done="Dismissed."
      onSubmit={(reason) => dismissProblem(problem.key, reason)}
      onClose={onClose}
    >
      <OutsideText text={problem.title} lines="many" />
    </ReasonDialog>
  )
}
