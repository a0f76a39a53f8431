import { Button, Modal } from '@mantine/core'
import type { OrderDetails } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { FailureNotice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'

interface ResendDialogProps {
  order: OrderDetails
  /** The engine's own words, where it asked. */
  facts: string | null
  isSaving: boolean
  failure: Failure | null
  onCancel: () => void
  onConfirm: () => void
}

/** Says what is known of earlier deliveries and asks whether to send again. */
export function ResendDialog({ order, facts, isSaving, failure, onCancel, onConfirm }: ResendDialogProps) {
  return (
    <Modal opened onClose={onCancel} title={`Send order ${order.number} again?`} size="lg">
      <div className="dialog">
        <p>
          <OutsideText
            text={
              facts ??
              order.resendWarning ??
              'An earlier file of this order may have been imported. Sending again may enter the order twice.'
            }
          />
        </p>
        <p>
          Look in <OutsideText text={order.destinationName} /> first: if the order is there, cancel. If you send it again, the timeline
          records that you decided so.
        </p>
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="dialog-actions">
          <Button variant="default" data-autofocus onClick={onCancel}>
            Cancel
          </Button>
          <Button color="red.9" loading={isSaving} onClick={onConfirm}>
            Send Again
          </Button>
        </div>
      </div>
    </Modal>
  )
}
