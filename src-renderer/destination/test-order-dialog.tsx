import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import type { DestinationRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { goTo } from '../navigation/navigation'
import { destinationText } from '../text/destination-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { OutsideText } from '../widgets/outside-text'

const WORDS = destinationText.test

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
    notifyDone(WORDS.sent(result.value.number))
    goTo({ screen: 'order', orderId: result.value.id })
  }
  return (
    <Modal opened onClose={onClose} title={WORDS.title}>
      <div className="dialog">
        {isDirty ? (
          <p>{WORDS.unsaved}</p>
        ) : (
          <>
            <p>
              {WORDS.before} <OutsideText text={destination.name} />
              {WORDS.writes} <strong>{WORDS.realFile}</strong> {WORDS.into} <OutsideText text={destination.folder} className="path" />
              {WORDS.after}
            </p>
            <p>{WORDS.delete}</p>
          </>
        )}
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="dialog-actions">
          <Button variant="default" data-autofocus onClick={onClose}>
            {isDirty ? WORDS.close : WORDS.cancel}
          </Button>
          {!isDirty && (
            <Button loading={isSending} onClick={send}>
              {WORDS.send}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  )
}
