import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import type { DestinationRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client'
import { goTo } from '../shell/navigation'
import { tellDone } from '../shell/tell'
import { FailureNotice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'

interface TestOrderDialogProps {
  destination: DestinationRow
  isDirty: boolean
  onClose: () => void
}

/** Asks before a test order is sent: it puts a real file into the drop folder. */
export function TestOrderDialog({ destination, isDirty, onClose }: TestOrderDialogProps) {
  const [isSending, setSending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const send = async () => {
    setSending(true)
    const result = await call('settings.sendTestOrder', { destinationId: destination.id })
    setSending(false)
    if (!result.ok) {
      setFailure(result.error)
      return
    }
    onClose()
    tellDone(`Order ${result.value.number} is Pending: the next sync writes it.`)
    goTo({ screen: 'order', orderId: result.value.id })
  }
  return (
    <Modal opened onClose={onClose} title="Send a test order?">
      <div className="dialog">
        {isDirty ? (
          <p>
            Your changes on this page are not saved, and a test order is written with the settings as saved. Save them first, then send a
            test order.
          </p>
        ) : (
          <>
            <p>
              A sample order, numbered TEST and the time, becomes Pending for <OutsideText text={destination.name} />. The next sync writes
              a <strong>real file</strong> into <OutsideText text={destination.folder} className="path" />, and your accounting package may
              enter it.
            </p>
            <p>Delete the order in your accounting package when you have seen that it is right.</p>
          </>
        )}
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="dialog-actions">
          <Button variant="default" data-autofocus onClick={onClose}>
            {isDirty ? 'Close' : 'Cancel'}
          </Button>
          {!isDirty && (
            <Button loading={isSending} onClick={send}>
              Send Test Order
            </Button>
          )}
        </div>
      </div>
    </Modal>
  )
}
