import { Button, Modal } from '@mantine/core'
import type { OrderDetails } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { orderDetailsText } from '../text/order-details-text'
import { FailureNotice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'

const text = orderDetailsText.resend

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
    <Modal opened onClose={onCancel} title={text.title(order.number)} size="lg">
      <div className="dialog">
        <p>
          <OutsideText text={facts ?? order.resendWarning ?? text.mayBeThere} />
        </p>
        <p>
          {text.lookIn}
          <OutsideText text={order.destinationName} />
          {text.first}
        </p>
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="dialog-actions">
          <Button variant="default" data-autofocus onClick={onCancel}>
            {text.cancel}
          </Button>
          <Button color="red.9" loading={isSaving} onClick={onConfirm}>
            {text.sendAgain}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
