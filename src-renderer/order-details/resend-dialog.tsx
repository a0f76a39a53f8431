import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { orderDetailsText } from '../text/order-details-text'
import { ConfirmDialog } from '../widgets/confirm-dialog'
import { ExternalText } from '../widgets/external-text'

const text = orderDetailsText.resend

interface ResendDialogProps {
  order: OrderDetails
  /** The engine's warning, if the engine asked for confirmation; otherwise null. */
  warning: string | null
  onConfirm: () => Promise<Failure | null>
  onClose: () => void
}

/** Shows what is known about earlier deliveries, and asks for confirmation before the order is sent again. */
export function ResendDialog({ order, warning, onConfirm, onClose }: ResendDialogProps) {
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
        <ExternalText text={warning ?? order.resendWarning ?? text.mayBeThere} />
      </p>
      <p>
        {text.lookIn}
        <ExternalText text={order.destinationName} />
        {text.first}
      </p>
    </ConfirmDialog>
  )
}
