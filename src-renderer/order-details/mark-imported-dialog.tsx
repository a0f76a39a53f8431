import { Button, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { tellDone } from '../shell/tell'
import { FailureNotice } from '../widgets/notice'
import { markImported } from './order-details-store'

/** Asks for the reason why the order counts as imported. */
export function MarkImportedDialog({ order, onClose }: { order: OrderDetails; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() === '') {
      setMissing(true)
      return
    }
    setSaving(true)
    const refusal = await markImported(order.id, reason)
    setSaving(false)
    setFailure(refusal)
    if (refusal !== null) return
    tellDone(`Order ${order.number} is marked as imported.`)
    onClose()
  }

  return (
    <Modal opened onClose={onClose} title={`Mark order ${order.number} as imported`} size="lg">
      <form className="dialog" onSubmit={submit}>
        <p>
          Do this once you have seen the order in your accounting package. The sync then leaves it alone; the timeline keeps your reason.
        </p>
        <Textarea
          label="Reason"
          placeholder="E.g. found in Attaché as order 20417"
          data-autofocus
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          error={isMissing && reason.trim() === '' ? 'Say how you know that it was imported.' : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="dialog-actions">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isSaving}>
            Mark as Imported
          </Button>
        </div>
      </form>
    </Modal>
  )
}
