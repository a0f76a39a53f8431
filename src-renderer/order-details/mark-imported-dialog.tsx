import type { OrderDetails } from '../../src-shared/contract/contract'
import { orderDetailsText } from '../text/order-details-text'
import { ReasonDialog } from '../widgets/reason-dialog'
import { markImported } from './order-details-store'

const text = orderDetailsText.markImported

/** Asks for the reason why the order counts as imported. */
export function MarkImportedDialog({ order, onClose }: { order: OrderDetails; onClose: () => void }) {
  return (
    <ReasonDialog
      title={text.title(order.number)}
      placeholder={text.placeholder}
      whenMissing={text.whenMissing}
      action={text.action}
      done={text.done(order.number)}
      onSubmit={(reason) => markImported(order.id, reason)}
      onClose={onClose}
    >
      {text.explanation}
    </ReasonDialog>
  )
}
