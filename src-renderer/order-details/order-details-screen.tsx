import { Button } from '@mantine/core'
import { IconArrowLeft, IconChevronDown, IconEye, IconPencil } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract/contract'
import { goBack } from '../navigation/navigation'
import type { Route } from '../navigation/routes'
import { OrderPreview } from '../preview/order-preview'
import { useCan } from '../session/can'
import { orderDetailsText } from '../text/order-details-text'
import { syncStateLabel } from '../text/state-labels'
import { ExternalText } from '../widgets/external-text'
import { LongText } from '../widgets/long-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { ScreenTitle } from '../widgets/screen'
import { StatusPill } from '../widgets/status-pill'
import { ToneText } from '../widgets/tone-text'
import { Waiting } from '../widgets/waiting'
import { ChangeOrderStatus } from './change-order-status'
import { CodeHelp } from './code-help'
import { Deliveries } from './deliveries'
import { EditOrder } from './edit-order'
import { closeOrder, openOrder, useOrderDetails } from './order-details-store'
import { CustomerFacts, OrderFacts } from './order-facts'
import { OrderLines } from './order-lines'
import { OrderMenu } from './order-menu'
import { OrderProblems } from './order-problems'
import { OrderStepper } from './order-stepper'
import { SyncBars } from './sync-bars'
import { Timeline } from './timeline'
import './order-details.css'
import './timeline.css'
import './edit-order.css'
import './print.css'

const text = orderDetailsText.screen

function BackButton() {
  return (
    <Button
      variant="default"
      leftSection={<IconArrowLeft size={15} aria-hidden />}
      title={text.backKeys}
      onClick={() => goBack({ screen: 'orders' })}
    >
      {text.back}
    </Button>
  )
}

function showStatusForm(): void {
  const form = document.getElementById('change-order-status')
  form?.scrollIntoView({ block: 'center' })
  form?.parentElement?.querySelector('select')?.focus({ preventScroll: true })
}

function Warnings({ warnings }: { warnings: string[] }) {
  if (warnings.length === 0) return null
  return (
    <Notice tone="caution">
      <p>
        <strong>{text.warnings}</strong>
      </p>
      <ul className="warning-list">
        {warnings.map((warning) => (
          <li key={warning}>
            <ExternalText text={warning} lines="many" />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Order({ order }: { order: OrderDetails }) {
  const [isEditing, setEditing] = useState(false)
  const canEdit = useCan('orders.edit') && order.canEdit
  const canChangeStatus = useCan('orders.changeStatus')
  const [isPreviewOpen, setPreviewOpen] = useState(false)
  return (
    <>
      <SyncBars order={order} />
      <OrderProblems problems={order.problems} />
      <div className="screen-head order-head">
        <BackButton />
        <ScreenTitle>
          {text.order} <ExternalText text={order.number} lines="many" />
        </ScreenTitle>
        <OrderStepper orderId={order.id} />
        <StatusPill status={order.status} />
        <ToneText label={syncStateLabel(order.syncState)} />
        {canEdit && !isEditing && (
          <Button variant="default" leftSection={<IconPencil size={15} aria-hidden />} onClick={() => setEditing(true)}>
            {text.edit}
          </Button>
        )}
        <Button variant="default" leftSection={<IconEye size={15} aria-hidden />} onClick={() => setPreviewOpen(true)}>
          {text.preview}
        </Button>
        {canChangeStatus && (
          <Button variant="default" rightSection={<IconChevronDown size={15} aria-hidden />} onClick={showStatusForm}>
            {text.goToStatus}
          </Button>
        )}
        <OrderMenu order={order} />
      </div>
      {isPreviewOpen && <OrderPreview order={order} onClose={() => setPreviewOpen(false)} />}
      {isEditing && <EditOrder order={order} onClose={() => setEditing(false)} />}
      {canEdit && order.syncState === 'failed' && <CodeHelp order={order} />}
      <Warnings warnings={order.warnings} />
      <div className="order-cards">
        <OrderFacts order={order} />
        <CustomerFacts order={order} />
      </div>
      {order.note !== '' && (
        <section className="card">
          <h2>{text.note}</h2>
          <LongText text={order.note} />
        </section>
      )}
      <OrderLines order={order} />
      <Deliveries deliveries={order.deliveries} />
      <Timeline entries={order.timeline} />
      {canChangeStatus && <ChangeOrderStatus order={order} />}
    </>
  )
}

/** The Order Details screen. */
export function OrderDetailsScreen({ route: { orderId } }: { route: Route<'order'> }) {
  const order = useOrderDetails((state) => (state.orderId === orderId ? state.order : null))
  const failure = useOrderDetails((state) => (state.orderId === orderId ? state.failure : null))
  useEffect(() => {
    void openOrder(orderId)
    return closeOrder
  }, [orderId])
  return (
    <div className="screen">
      {failure !== null && (
        <FailureNotice
          failure={failure}
          actions={
            <>
              {order === null && <BackButton />}
              <Button variant="default" onClick={() => openOrder(orderId)}>
                {text.retry}
              </Button>
            </>
          }
        />
      )}
      {order !== null && <Order key={order.id} order={order} />}
      {order === null && failure === null && <Waiting message={text.reading} onRetry={() => openOrder(orderId)} />}
    </div>
  )
}
