import { Button, Checkbox, NativeSelect, Textarea } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { ORDER_STATUSES } from '../../src-shared/order'
import { orderDetailsText } from '../text/order-details-text'
import { MailPreview } from '../widgets/mail-preview'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { changeStatus } from './order-details-store'
import { ResendDialog } from './resend-dialog'
import { changeSentences, changesSomething, queuesAgain, type StatusChange } from './status-change'
import { useCircumstances } from './use-circumstances'
import { useNoticePreview } from './use-notice-preview'

const text = orderDetailsText.status

function untouched(order: OrderDetails): StatusChange {
  return { status: order.status, comments: '', notifyCustomer: false, appendComments: false }
}

/** The form at the bottom of Order Details. Its labels are literal: printed instructions name them. */
export function ChangeOrderStatus({ order }: { order: OrderDetails }) {
  const [change, setChange] = useState(() => untouched(order))
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isAsking, setAsking] = useState(false)
  const [facts, setFacts] = useState<string | null>(null)

  const notice = useNoticePreview(order, change)
  const circumstances = useCircumstances(order, notice.failure)

  // The drop-down follows the order for as long as the person has not chosen anything else.
  const [seenStatus, setSeenStatus] = useState(order.status)
  useEffect(() => {
    if (seenStatus === order.status) return
    setChange((now) => (now.status === seenStatus ? { ...now, status: order.status } : now))
    setSeenStatus(order.status)
  }, [order.status, seenStatus])

  const set = (part: Partial<StatusChange>) => {
    setFailure(null)
    setChange((now) => ({ ...now, ...part }))
  }

  const save = async (confirmResend: boolean) => {
    setSaving(true)
    const refusal = await changeStatus({ orderId: order.id, ...change, confirmResend })
    setSaving(false)
    if (refusal?.code === 'confirm-resend') {
      setFacts(refusal.message)
      setAsking(true)
      return
    }
    setAsking(false)
    setFailure(refusal)
    if (refusal !== null) return
    notifyDone(change.status === order.status ? text.updated(order.number) : text.nowIs(order.number, change.status))
    setChange({ status: change.status, comments: '', notifyCustomer: false, appendComments: false })
    setSeenStatus(change.status)
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isSaving) return
    if (!changesSomething(order, change)) {
      notifyDone(orderDetailsText.sentence.nothing)
      return
    }
    if (queuesAgain(order, change.status) && order.resendWarning !== null) {
      setFacts(null)
      setAsking(true)
    } else void save(false)
  }

  return (
    <section className="card status-card" aria-labelledby="change-order-status">
      <h2 id="change-order-status">{text.title}</h2>
      <form className="status-form" onSubmit={submit}>
        <NativeSelect
          label={text.newStatus}
          data={[...ORDER_STATUSES]}
          value={change.status}
          onChange={(event) => set({ status: ORDER_STATUSES.find((status) => status === event.currentTarget.value) ?? order.status })}
        />
        <Textarea
          label={text.comments}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={20_000}
          value={change.comments}
          onChange={(event) => set({ comments: event.currentTarget.value })}
        />
        <Checkbox
          label={text.notifyCustomer}
          description={notice.failure === null ? null : `${notice.failure.message} ${notice.failure.remedy}`}
          disabled={notice.failure !== null && !change.notifyCustomer}
          checked={change.notifyCustomer}
          onChange={(event) => set({ notifyCustomer: event.currentTarget.checked, appendComments: false })}
        />
        <Checkbox
          label={text.appendComments}
          disabled={!change.notifyCustomer}
          checked={change.appendComments}
          onChange={(event) => set({ appendComments: event.currentTarget.checked })}
        />
        {change.notifyCustomer && notice.mail !== null && <MailPreview label={text.mailPreview} mail={notice.mail} />}
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="status-submit">
          <Button type="submit" size="sm" loading={isSaving}>
            {text.updateStatus}
          </Button>
          <p className="status-sentence" aria-live="polite">
            <bdi>{changeSentences(order, change, circumstances)}</bdi>
          </p>
        </div>
      </form>
      {isAsking && (
        <ResendDialog
          order={order}
          facts={facts}
          isSaving={isSaving}
          failure={failure}
          onCancel={() => setAsking(false)}
          onConfirm={() => save(true)}
        />
      )}
    </section>
  )
}
