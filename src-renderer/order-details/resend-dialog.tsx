import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { orderDetailsText } from '../text/order-details-text'
import { ConfirmDialog } from '../widgets/confirm-dialog'
import { OutsideText } from '../widgets/outside-text'

const text = orderDetailsText.resend

interface ResendDialogProps {
  order: OrderDetails
  /** The engine's own words, where it asked. */
  facts: string | null
  onConfirm: () => Promise<Failure | null>
  onClose: () => void
}

/** Says what is known of earlier deliveries and asks whether to send again. */
export function ResendDialog({ order, facts, onConfirm, onClose }: ResendDialogProps) {
  return (
    <ConfirmDialog
      title={text.title(order.number)}
      size="lg"
      cancel={text.cancel}
      action={text.sendAgain}
      isDangerous
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>
        <OutsideText text={facts ?? order.resendWarning ?? text.mayBeThere} />
      </p>
      <p>
        {text.lookIn}
        <OutsideText text={order.destinationName} />
        {text.first}
      </p>
    </ConfirmDialog>
  )
}
