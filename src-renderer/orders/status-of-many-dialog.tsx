import { Checkbox, Loader, Modal, NativeSelect, Textarea } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { OrderSelection, StatusPlan } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { ORDER_STATUSES, type OrderStatus } from '../../src-shared/order'
import { call } from '../client/client'
import { ordersText } from '../text/orders-text'
import { DialogActions } from '../widgets/dialog-actions'
import { Notice } from '../widgets/notice'
import { changeStatusOfMany } from './order-job-store'

const words = ordersText.dialog

interface StatusOfManyDialogProps {
  count: number
  selection: OrderSelection
  /** The new status is Pending, and nothing else. */
  isSendAgain: boolean
  onClose: () => void
}

/** What the engine says that a new status would do; null until it has said it. */
function usePlan(selection: OrderSelection, status: OrderStatus): { plan: StatusPlan | null; failure: Failure | null } {
  const [answer, setAnswer] = useState<{ plan: StatusPlan | null; failure: Failure | null }>({ plan: null, failure: null })
  useEffect(() => {
    let isAsked = true
    setAnswer({ plan: null, failure: null })
    void call('orders.planStatusOfMany', { selection, status }).then((result) => {
      if (isAsked) setAnswer(result.ok ? { plan: result.value, failure: null } : { plan: null, failure: result.error })
    })
    return () => {
      isAsked = false
    }
  }, [selection, status])
  return answer
}

function PlanText({ plan, status }: { plan: StatusPlan; status: OrderStatus }) {
  return (
    <div role="status">
      <p>
        <strong>{plan.changing === 0 ? words.nothing : words.changing(plan.changing, status)}</strong>{' '}
        {plan.changing > 0 && (status === 'Pending' ? words.pendingMeans : words.ignoredMeans)} {plan.changing > 0 && words.noMail}
      </p>
      {plan.unchanged > 0 && <p>{words.unchanged(plan.unchanged, status)}</p>}
      {plan.busy > 0 && <p>{words.busy(plan.busy)}</p>}
    </div>
  )
}

/** Asks for the new status of many orders, and says before anything happens what it would do to how many. */
export function StatusOfManyDialog({ count, selection, isSendAgain, onClose }: StatusOfManyDialogProps) {
  const [status, setStatus] = useState<OrderStatus>(isSendAgain ? 'Pending' : 'On Hold')
  const [comments, setComments] = useState('')
  const [isTwiceConfirmed, setTwiceConfirmed] = useState(false)
  const [isBeginning, setBeginning] = useState(false)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const { plan, failure } = usePlan(selection, status)
  const changing = plan === null ? 0 : plan.changing + (isTwiceConfirmed ? plan.mayEnterTwice : 0)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (changing === 0) return
    setBeginning(true)
    const refused = await changeStatusOfMany({ selection, status, comments, confirmResend: isTwiceConfirmed })
    setBeginning(false)
    setRefusal(refused)
    if (refused === null) onClose()
  }

  return (
    <Modal opened onClose={onClose} title={isSendAgain ? words.sendAgain(count) : words.setStatus(count)} size="lg">
      <form className="dialog" onSubmit={submit}>
        {!isSendAgain && (
          <NativeSelect
            label={words.newStatus}
            data-autofocus
            data={[...ORDER_STATUSES]}
            value={status}
            onChange={(event) => {
              setStatus(ORDER_STATUSES.find((one) => one === event.currentTarget.value) ?? status)
              setTwiceConfirmed(false)
            }}
          />
        )}
        <Textarea
          label={words.comments}
          autosize
          minRows={2}
          maxLength={20_000}
          value={comments}
          onChange={(event) => setComments(event.currentTarget.value)}
        />
        {plan === null && failure === null && (
          <p role="status" className="soft">
            <Loader size="xs" /> {words.counting}
          </p>
        )}
        {plan !== null && <PlanText plan={plan} status={status} />}
        {plan !== null && plan.mayEnterTwice > 0 && (
          <Notice tone="caution">
            <p>{words.mayEnterTwice(plan.mayEnterTwice)}</p>
            <Checkbox
              label={words.alsoTwice(plan.mayEnterTwice)}
              checked={isTwiceConfirmed}
              onChange={(event) => setTwiceConfirmed(event.currentTarget.checked)}
            />
          </Notice>
        )}
        <DialogActions
          failure={refusal ?? failure}
          cancel={words.cancel}
          action={isSendAgain ? words.doSend(changing) : words.doSet(changing)}
          isBusy={isBeginning}
          isDisabled={changing === 0}
          isDangerous={isTwiceConfirmed}
          isCancelFirst={isSendAgain}
          onCancel={onClose}
        />
      </form>
    </Modal>
  )
}
