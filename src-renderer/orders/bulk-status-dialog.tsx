import { Checkbox, Loader, Modal, NativeSelect, Textarea } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { OrderSelection, StatusPlan } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { ORDER_STATUSES, type OrderStatus } from '../../src-shared/order'
import { call } from '../client/client'
import { ordersText } from '../text/orders-text'
import { DialogActions } from '../widgets/dialog-actions'
import { Notice } from '../widgets/notice'
import { changeBulkStatus } from './order-job-store'

const text = ordersText.dialog

interface BulkStatusDialogProps {
  count: number
  selection: OrderSelection
  /** True for Send Again: the new status is Pending and can't be changed. */
  isSendAgain: boolean
  onClose: () => void
}

/** The engine's preview of the status change, or why there is none; both are null until it responds. */
function useBulkStatusPlan(selection: OrderSelection, status: OrderStatus): { plan: StatusPlan | null; failure: Failure | null } {
  const [preview, setPreview] = useState<{ plan: StatusPlan | null; failure: Failure | null }>({ plan: null, failure: null })
  useEffect(() => {
    let isCurrent = true
    setPreview({ plan: null, failure: null })
    void call('orders.planStatusOfMany', { selection, status }).then((result) => {
      if (isCurrent) setPreview(result.ok ? { plan: result.value, failure: null } : { plan: null, failure: result.error })
    })
    return () => {
      isCurrent = false
    }
  }, [selection, status])
  return preview
}

function PlanText({ plan, status }: { plan: StatusPlan; status: OrderStatus }) {
  return (
    <div role="status">
      <p>
        <strong>{plan.changing === 0 ? text.nothing : text.changing(plan.changing, status)}</strong>{' '}
        {plan.changing > 0 && (status === 'Pending' ? text.pendingMeans(plan.changing) : text.ignoredMeans(plan.changing))}{' '}
        {plan.changing > 0 && text.noMail(plan.changing)}
      </p>
      {plan.unchanged > 0 && <p>{text.unchanged(plan.unchanged, status)}</p>}
      {plan.busy > 0 && <p>{text.busy(plan.busy)}</p>}
    </div>
  )
}

/** Asks for the new status of the selected orders, and previews its effect before anything changes. */
export function BulkStatusDialog({ count, selection, isSendAgain, onClose }: BulkStatusDialogProps) {
  const [status, setStatus] = useState<OrderStatus>(isSendAgain ? 'Pending' : 'On Hold')
  const [comments, setComments] = useState('')
  const [isResendConfirmed, setResendConfirmed] = useState(false)
  const [isStarting, setStarting] = useState(false)
  const [submitFailure, setSubmitFailure] = useState<Failure | null>(null)
  const { plan, failure } = useBulkStatusPlan(selection, status)
  const changeCount = plan === null ? 0 : plan.changing + (isResendConfirmed ? plan.possibleDuplicates : 0)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (changeCount === 0) return
    setStarting(true)
    const error = await changeBulkStatus({ selection, status, comments, confirmResend: isResendConfirmed })
    setStarting(false)
    setSubmitFailure(error)
    if (error === null) onClose()
  }

  return (
    <Modal opened onClose={onClose} title={isSendAgain ? text.sendAgain(count) : text.setStatus(count)} size="lg">
      <form className="dialog" onSubmit={submit}>
        {!isSendAgain && (
          <NativeSelect
            label={text.newStatus}
            data-autofocus
            data={[...ORDER_STATUSES]}
            value={status}
            onChange={(event) => {
              setStatus(ORDER_STATUSES.find((option) => option === event.currentTarget.value) ?? status)
              setResendConfirmed(false)
            }}
          />
        )}
        <Textarea
          label={text.comments}
          autosize
          minRows={2}
          maxLength={20_000}
          value={comments}
          onChange={(event) => setComments(event.currentTarget.value)}
        />
        {plan === null && failure === null && (
          <p role="status" className="soft">
            <Loader size="xs" /> {text.counting}
          </p>
        )}
        {plan !== null && <PlanText plan={plan} status={status} />}
        {plan !== null && plan.possibleDuplicates > 0 && (
          <Notice tone="caution">
            <p>{text.possibleDuplicates(plan.possibleDuplicates)}</p>
            <Checkbox
              label={text.alsoTwice(plan.possibleDuplicates)}
              checked={isResendConfirmed}
              onChange={(event) => setResendConfirmed(event.currentTarget.checked)}
            />
          </Notice>
        )}
        <DialogActions
          failure={submitFailure ?? failure}
          cancel={text.cancel}
          action={isSendAgain ? text.doSend(changeCount) : text.doSet(changeCount)}
          isBusy={isStarting}
          isDisabled={changeCount === 0}
          isDangerous={isResendConfirmed}
          isCancelFocused={isSendAgain}
          onCancel={onClose}
        />
      </form>
    </Modal>
  )
}
