import { type FormEvent, useEffect, useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { orderDetailsText } from '../text/order-details-text'
import { notifyDone } from '../widgets/notify'
import { changeStatus } from './order-details-store'
import { changesSomething, queuesAgain, type StatusChange } from './status-change'

const text = orderDetailsText.status

function untouched(order: OrderDetails): StatusChange {
  return { status: order.status, comments: '', notifyCustomer: false, appendComments: false }
}

/** What the form Change Order Status holds and does. */
export interface StatusForm {
  change: StatusChange
  set: (part: Partial<StatusChange>) => void
  isSaving: boolean
  /** Why the change was refused. */
  failure: Failure | null
  /** True while the person is asked whether to send the order again; `facts`: the engine's own words, if it asked. */
  isAsking: boolean
  facts: string | null
  submit: (event: FormEvent) => void
  /** The answers to that question: send again, or not. */
  sendAgain: () => Promise<null>
  stopAsking: () => void
}

/** The form Change Order Status of an order; its status follows the order's until the person chooses another. */
export function useStatusForm(order: OrderDetails): StatusForm {
  const [change, setChange] = useState(() => untouched(order))
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isAsking, setAsking] = useState(false)
  const [facts, setFacts] = useState<string | null>(null)

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
    setChange({ ...untouched(order), status: change.status })
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

  const sendAgain = async () => {
    await save(true)
    return null
  }
  return { change, set, isSaving, failure, isAsking, facts, submit, sendAgain, stopAsking: () => setAsking(false) }
}
