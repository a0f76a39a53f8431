import { Modal } from '@mantine/core'
import type { OrderDetails } from '../../src-shared/contract/contract'
import { PROFILE_INFO } from '../../src-shared/profiles/profiles'
import { useAnswer } from '../client/use-answer'
import { previewText } from '../text/preview-text'
import { FailureNotice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { Waiting } from '../widgets/waiting'
import { PreviewPane } from './preview-pane'

const WORDS = previewText.order

/** The file that Write Order would write for an order now. */
export function OrderPreview({ order, onClose }: { order: OrderDetails; onClose: () => void }) {
  const { value: preview, failure, read } = useAnswer('orders.preview', { orderId: order.id })
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(980px, 94vw)"
      title={
        <>
          {WORDS.title} <OutsideText text={order.number} />
        </>
      }
    >
      <div className="dialog">
        <p className="soft">
          {WORDS.before} <OutsideText text={order.destinationName} />
          {WORDS.after(preview === null ? null : PROFILE_INFO[preview.profile].title)}
        </p>
        {failure !== null && <FailureNotice failure={failure} />}
        {preview !== null && <PreviewPane preview={preview} />}
        {preview === null && failure === null && <Waiting what={WORDS.making} onRetry={read} />}
      </div>
    </Modal>
  )
}
