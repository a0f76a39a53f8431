import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import type { DestinationRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { goTo } from '../navigation/navigation'
import { destinationText } from '../text/destination-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'

const text = destinationText.test

interface TestOrderDialogProps {
  destination: DestinationRow
  isDirty: boolean
  onClose: () => void
}

/** Asks for confirmation before a test order is sent, because sending it writes a real file to the drop folder. */
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
    notifyDone(text.sent(result.value.number))
    goTo({ screen: 'order', orderId: result.value.id })
  }
  return (
    <Modal opened onClose={onClose} title={text.title}>
      <div className="dialog">
        {isDirty ? (
          <p>{text.unsaved}</p>
        ) : (
          <>
            <p>
              {text.before} <ExternalText text={destination.name} />
              {text.writes} <strong>{text.realFile}</strong> {text.into} <ExternalText text={destination.folder} className="path" />
              {text.after}
            </p>
            <p>{text.delete}</p>
          </>
        )}
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="dialog-actions">
          <Button variant="default" data-autofocus onClick={onClose}>
            {isDirty ? text.close : text.cancel}
          </Button>
          {!isDirty && (
            <Button loading={isSending} onClick={send}>
              {text.send}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  )
}
