import type { OrderStatus } from '../../src-shared/order'

/** An order status as a small badge. */
export function StatusPill({ status }: { status: OrderStatus }) {
  return (
    <span className="pill" data-status={status}>
      {status}
    </span>
  )
}
