import type { OrderDetails } from '../../src-shared/contract/contract'
import { orderDetailsText } from '../text/order-details-text'
import { ReasonDialog } from '../widgets/reason-dialog'
import { markImported } from './order-details-store'

const text = orderDetailsText.markImported

/** Marks an order as imported, after asking for the reason. */
export function MarkImportedDialog({ order, onClose }: { order: OrderDetails; onClose: () => void }) {
  return (
    <ReasonDialog
      title={text.title(order.number)}
      placeholder={text.placeholder}
      missingMessage={text.whenMissing}
      action={text.action}
      successMessage={text.done(order.number)}
      onSubmit={(reason) => markImported(order.id, reason)}
      onClose={onClose}
    >
      {text.explanation}
    </ReasonDialog>
  )
}
