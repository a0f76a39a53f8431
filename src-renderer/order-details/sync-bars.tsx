import { Button } from '@mantine/core'
import { IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react'
import { useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract/contract'
import { useCan } from '../session/can'
import { clockText, exactTimeText } from '../text/dates'
import { orderDetailsText } from '../text/order-details-text'
import { ExternalText } from '../widgets/external-text'
import { Notice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { MarkImportedDialog } from './mark-imported-dialog'
import { changeStatus } from './order-details-store'
import { ResendDialog } from './resend-dialog'

const text = orderDetailsText.bars

const MAX_CHARACTERS = 1200

/** The text of a bar. Very long text is shortened; the timeline shows it in full. */
function BarText({ text: value }: { text: string }) {
  return <ExternalText text={value.length > MAX_CHARACTERS ? text.cut(value.slice(0, MAX_CHARACTERS)) : value} />
}

function SyncErrorBar({ order }: { order: OrderDetails }) {
  const failure = order.syncError
  return (
    <div className="sync-error-bar" role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        <p className="sync-error-message">
          {text.syncError}
          <BarText text={failure?.message ?? text.noReason} />
        </p>
        <p>
          <BarText text={failure?.remedy ?? text.tryAgain} />
        </p>
      </div>
    </div>
  )
}

function NeedsReviewBar({ order }: { order: OrderDetails }) {
  const canSend = useCan('orders.changeStatus')
  const canMark = useCan('orders.markImported')
  const [dialog, setDialog] = useState<'send' | 'mark' | null>(null)

  const sendAgain = async () => {
    const error = await changeStatus({ orderId: order.id, status: 'Pending', confirmResend: true })
    if (error !== null) return error
    setDialog(null)
    notifyDone(text.pendingNow(order.number, order.destinationName))
    return null
  }

  return (
    <div className="review-bar" role="alert">
      <IconHelpCircle size={20} aria-hidden />
      <div>
        <p className="sync-error-message">
          {text.needsReview} <BarText text={order.syncError?.message ?? order.resendWarning ?? text.notKnown} />
        </p>
        <p>
          <BarText text={order.syncError?.remedy ?? text.lookThere} />
        </p>
      </div>
      <div className="review-actions">
        {canSend && (
          <Button variant="default" onClick={() => setDialog('send')}>
            {text.sendAgain}
          </Button>
        )}
        {canMark && (
          <Button variant="default" onClick={() => setDialog('mark')}>
            {text.markImported}
          </Button>
        )}
      </div>
      {dialog === 'send' && <ResendDialog order={order} warning={null} onConfirm={sendAgain} onClose={() => setDialog(null)} />}
      {dialog === 'mark' && <MarkImportedDialog order={order} onClose={() => setDialog(null)} />}
    </div>
  )
}

/** The bar at the top of the page for a sync error, a required review or a pending retry, if there is one. */
export function SyncBars({ order }: { order: OrderDetails }) {
  if (order.syncState === 'failed') return <SyncErrorBar order={order} />
  if (order.syncState === 'needs review') return <NeedsReviewBar order={order} />
  if (order.syncState !== 'waiting' || order.syncError === null) return null
  return (
    <Notice tone="caution" role="status">
      <p>
        <strong>
          {text.notSentYet}
          <BarText text={order.syncError.message} />
        </strong>
      </p>
      <p>
        <BarText text={order.syncError.remedy} /> {order.attempts > 0 && text.tried(order.attempts)}
        {order.nextAttemptAt === null ? (
          text.atNextSync
        ) : (
          <span title={exactTimeText(order.nextAttemptAt)}>{text.from(clockText(order.nextAttemptAt))}</span>
        )}
      </p>
    </Notice>
  )
}
