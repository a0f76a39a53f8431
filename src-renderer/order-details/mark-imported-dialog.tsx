import type { OrderDetails } from '../../src-shared/contract'
import { ReasonDialog } from '../widgets/reason-dialog'
import { markImported } from './order-details-store'

/** Asks for the reason why the order counts as imported. */
export function MarkImportedDialog({ order, onClose }: { order: OrderDetails; onClose: () => void }) {
  return (
    <ReasonDialog
      title={`Mark order ${order.number} as imported`}
      placeholder="E.g. found in Attaché as order 20417"
      whenMissing="Say how you know that it was imported."
      action="Mark as Imported"
      done={`Order ${order.number} is marked as imported.`}
      onSubmit={(reason) => markImported(order.id, reason)}
      onClose={onClose}
    >
      Do this once you have seen the order in your accounting package. The sync then leaves it alone; the timeline keeps your reason.
    </ReasonDialog>
  )
}
