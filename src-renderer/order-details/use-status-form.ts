import { type FormEvent, useEffect, useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { orderDetailsText } from '../text/order-details-text'
import { notifyDone } from '../widgets/notify'
import { changeStatus } from './order-details-store'
import { hasChanges, putsInQueue, type StatusChange } from './status-change'

const text = orderDetailsText.status

function initialChange(order: OrderDetails): StatusChange {
  return { status: order.status, comments: '', notifyCustomer: false, appendComments: false }
}

/** The state and actions of the Change Order Status form. */
export interface StatusForm {
  change: StatusChange
  set: (changes: Partial<StatusChange>) => void
  isSaving: boolean
  /** Why the change was refused. */
  failure: Failure | null
  /** True while the user is asked to confirm that the order should be sent again. */
  isConfirming: boolean
  /** The engine's warning, if the engine asked for the confirmation; otherwise null. */
  resendWarning: string | null
  submit: (event: FormEvent) => void
  /** Confirms that the order should be sent again, and saves the change. */
  sendAgain: () => Promise<null>
  /** Closes the confirmation without sending. */
  cancelConfirmation: () => void
}

/** The Change Order Status form of an order. Its status follows the order's until the user chooses a different one. */
export function useStatusForm(order: OrderDetails): StatusForm {
  const [change, setChange] = useState(() => initialChange(order))
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isConfirming, setConfirming] = useState(false)
  const [resendWarning, setResendWarning] = useState<string | null>(null)

  const [seenStatus, setSeenStatus] = useState(order.status)
  useEffect(() => {
    if (seenStatus === order.status) return
    setChange((current) => (current.status === seenStatus ? { ...current, status: order.status } : current))
    setSeenStatus(order.status)
  }, [order.status, seenStatus])

  const set = (changes: Partial<StatusChange>) => {
    setFailure(null)
    setChange((current) => ({ ...current, ...changes }))
  }

  const save = async (confirmResend: boolean) => {
    setSaving(true)
    const error = await changeStatus({ orderId: order.id, ...change, confirmResend })
    setSaving(false)
    if (error?.code === 'confirm-resend') {
      setResendWarning(error.message)
      setConfirming(true)
      return
    }
    setConfirming(false)
    setFailure(error)
    if (error !== null) return
    notifyDone(change.status === order.status ? text.updated(order.number) : text.nowIs(order.number, change.status))
    setChange({ ...initialChange(order), status: change.status })
    setSeenStatus(change.status)
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isSaving) return
    if (!hasChanges(order, change)) {
      notifyDone(orderDetailsText.sentence.nothing)
      return
    }
    if (putsInQueue(order, change.status) && order.resendWarning !== null) {
      setResendWarning(null)
      setConfirming(true)
    } else void save(false)
  }

  const sendAgain = async () => {
    await save(true)
    return null
  }
  return { change, set, isSaving, failure, isConfirming, resendWarning, submit, sendAgain, cancelConfirmation: () => setConfirming(false) }
}
