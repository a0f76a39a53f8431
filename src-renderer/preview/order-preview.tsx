import { Modal } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import type { OrderDetails, Preview } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { PROFILE_INFO } from '../../src-shared/profiles'
import { call } from '../client'
import { FailureNotice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { Waiting } from '../widgets/waiting'
import { PreviewPane } from './preview-pane'

/** The file that Write Order would write for an order now. */
export function OrderPreview({ order, onClose }: { order: OrderDetails; onClose: () => void }) {
  const [preview, setPreview] = useState<Preview | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const orderId = order.id

  const read = useCallback(async () => {
    const result = await call('orders.preview', { orderId })
    if (result.ok) setPreview(result.value)
    else setFailure(result.error)
  }, [orderId])
  useEffect(() => void read(), [read])

  return (
    <Modal
      opened
      onClose={onClose}
      size="min(980px, 94vw)"
      title={
        <>
          Preview of order <OutsideText text={order.number} />
        </>
      }
    >
      <div className="dialog">
        <p className="soft">
          What would be written for <OutsideText text={order.destinationName} /> now
          {preview !== null && `, as ${PROFILE_INFO[preview.profile].title}`}. Nothing is written by looking.
        </p>
        {failure !== null && <FailureNotice failure={failure} />}
        {preview !== null && <PreviewPane preview={preview} />}
        {preview === null && failure === null && <Waiting what="Making the preview" onRetry={read} />}
      </div>
    </Modal>
  )
}
