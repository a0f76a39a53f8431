import { Checkbox, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { ProblemAction, ProblemPlan, ProblemSelection } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { problemsText } from '../text/problems-text'
import { DialogActions } from '../widgets/dialog-actions'
import { FailureNotice, Notice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { Waiting } from '../widgets/waiting'

const text = problemsText.dialog

interface ResolveDialogProps {
  action: ProblemAction
  selection: ProblemSelection
  /** True if one problem about an order is selected, so that the order's timeline shows the result. */
  isAboutOrder?: boolean
  /** Called after the action succeeded, before the dialog closes. */
  onDone?: () => void
  onClose: () => void
}

/** Shows what an action will do and to how many problems, asks for the reason, then carries out the action. */
export function ResolveDialog({ action, selection, isAboutOrder = false, onDone, onClose }: ResolveDialogProps) {
  const [plan, setPlan] = useState<ProblemPlan | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const loadPlan = async () => {
    const result = await call('sync.planProblems', { action, selection })
    if (result.ok) setPlan(result.value)
    else setFailure(result.error)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the dialog applies to the selection at the time it opened
  useEffect(() => void loadPlan(), [])
  return (
    <Modal opened onClose={onClose} title={problemsText.actions[action]} size="lg">
      {failure !== null && <FailureNotice failure={failure} />}
      {plan === null && failure === null && <Waiting message={text.checking} onRetry={loadPlan} />}
      {plan !== null && (
        <ResolveForm
          action={action}
          selection={selection}
          isAboutOrder={isAboutOrder}
          plan={plan}
          onDone={() => {
            onDone?.()
            onClose()
          }}
          onClose={onClose}
        />
      )}
    </Modal>
  )
}

interface ResolveFormProps {
  action: ProblemAction
  selection: ProblemSelection
  isAboutOrder: boolean
  plan: ProblemPlan
  onDone: () => void
  onClose: () => void
}

function ResolveForm({ action, selection, isAboutOrder, plan, onDone, onClose }: ResolveFormProps) {
  const [reason, setReason] = useState('')
  const [isReasonMissing, setReasonMissing] = useState(false)
  const [isResendConfirmed, setResendConfirmed] = useState(false)
  const [isWorking, setWorking] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const isReasonNeeded = action === 'mark imported' || action === 'dismiss'
  const count = plan.possible + (isResendConfirmed ? plan.possibleDuplicates : 0)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isReasonNeeded && reason.trim() === '') {
      setReasonMissing(true)
      return
    }
    setWorking(true)
    const result = await call('sync.resolveProblems', { action, selection, reason, confirmResend: isResendConfirmed })
    setWorking(false)
    if (!result.ok) {
      setFailure(result.error)
      return
    }
    notifyDone(problemsText.result(action, result.value, isAboutOrder))
    onDone()
  }

  return (
    <form className="dialog" onSubmit={submit}>
      <p>{text.what[action](plan.total)}</p>
      {(plan.total > 1 || count === 0) && <p role="status">{text.possible(count, plan.total)}</p>}
      {plan.possibleDuplicates > 0 && (
        <Notice tone="caution">
          <p>{text.twice(plan.possibleDuplicates)}</p>
          <Checkbox
            label={text.sendTwice(plan.possibleDuplicates)}
            checked={isResendConfirmed}
            onChange={(event) => setResendConfirmed(event.currentTarget.checked)}
          />
        </Notice>
      )}
      {action !== 'retry' && (
        <Textarea
          label={isReasonNeeded ? text.reason : text.comments}
          data-autofocus
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          error={isReasonMissing && reason.trim() === '' ? text.reasonMissing : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <DialogActions
        failure={failure}
        cancel={text.cancel}
        action={plan.total > 1 ? text.do(action, count) : problemsText.actions[action]}
        isBusy={isWorking}
        isDisabled={count === 0}
        onCancel={onClose}
      />
    </form>
  )
}
