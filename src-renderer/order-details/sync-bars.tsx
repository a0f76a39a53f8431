import { Button } from '@mantine/core'
import { IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react'
import { useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { tellDone } from '../shell/tell'
import { clockText, counted, exactTimeText } from '../text/dates'
import { Notice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { MarkImportedDialog } from './mark-imported-dialog'
import { changeStatus } from './order-details-store'
import { ResendDialog } from './resend-dialog'

const MOST_CHARACTERS = 1200

/** A bar's text; what is beyond reason stands whole in the timeline. */
function BarText({ text }: { text: string }) {
  return (
    <OutsideText
      text={text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}… (the whole text stands in the timeline)` : text}
    />
  )
}

function SyncErrorBar({ order }: { order: OrderDetails }) {
  const failure = order.syncError
  return (
    <div className="sync-error-bar" role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        <p className="sync-error-message">
          Sync error: <BarText text={failure?.message ?? 'The order could not be sent, and no reason was recorded.'} />
        </p>
        <p>
          <BarText text={failure?.remedy ?? 'Set the order to Pending at the bottom of this page to try it again.'} />
        </p>
      </div>
    </div>
  )
}

function NeedsReviewBar({ order }: { order: OrderDetails }) {
  const [dialog, setDialog] = useState<'send' | 'mark' | null>(null)
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const sendAgain = async () => {
    setSaving(true)
    const refusal = await changeStatus({ orderId: order.id, status: 'Pending', confirmResend: true })
    setSaving(false)
    setFailure(refusal)
    if (refusal !== null) return
    setDialog(null)
    tellDone(`Order ${order.number} is Pending: the next sync sends it to ${order.destinationName}.`)
  }

  return (
    <div className="review-bar" role="alert">
      <IconHelpCircle size={20} aria-hidden />
      <div>
        <p className="sync-error-message">
          Needs review:{' '}
          <BarText text={order.syncError?.message ?? order.resendWarning ?? 'It is not known whether this order was imported.'} />
        </p>
        <p>
          <BarText
            text={
              order.syncError?.remedy ??
              'Look for the order in your accounting package. If it is there, choose Mark as Imported; if not, Send Again. Nothing is sent by itself.'
            }
          />
        </p>
      </div>
      <div className="review-actions">
        <Button variant="default" onClick={() => setDialog('send')}>
          Send Again
        </Button>
        <Button variant="default" onClick={() => setDialog('mark')}>
          Mark as Imported
        </Button>
      </div>
      {dialog === 'send' && (
        <ResendDialog
          order={order}
          facts={null}
          isSaving={isSaving}
          failure={failure}
          onCancel={() => setDialog(null)}
          onConfirm={sendAgain}
        />
      )}
      {dialog === 'mark' && <MarkImportedDialog order={order} onClose={() => setDialog(null)} />}
    </div>
  )
}

/** What the sync has to say about the order, above everything else; nothing where all is well. */
export function SyncBars({ order }: { order: OrderDetails }) {
  if (order.syncState === 'failed') return <SyncErrorBar order={order} />
  if (order.syncState === 'needs review') return <NeedsReviewBar order={order} />
  if (order.syncState !== 'waiting' || order.syncError === null) return null
  return (
    <Notice tone="caution" role="status">
      <p>
        <strong>
          Not sent yet: <BarText text={order.syncError.message} />
        </strong>
      </p>
      <p>
        <BarText text={order.syncError.remedy} /> {order.attempts > 0 && `Tried ${counted(order.attempts, 'time')} so far. `}
        {order.nextAttemptAt === null ? (
          'It is tried again at the next sync.'
        ) : (
          <span title={exactTimeText(order.nextAttemptAt)}>It is tried again from {clockText(order.nextAttemptAt)}.</span>
        )}
      </p>
    </Notice>
  )
}
