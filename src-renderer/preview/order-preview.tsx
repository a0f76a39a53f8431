import { Modal } from '@mantine/core'
import type { OrderDetails } from '../../src-shared/contract/contract'
import { PROFILE_INFO } from '../../src-shared/profiles/profiles'
import { useQuery } from '../client/use-query'
import { previewText } from '../text/preview-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice } from '../widgets/notice'
import { Waiting } from '../widgets/waiting'
import { PreviewPane } from './preview-pane'

const text = previewText.order

/** Shows the file that Write Order would write for an order right now. */
export function OrderPreview({ order, onClose }: { order: OrderDetails; onClose: () => void }) {
  const { value: preview, failure, read } = useQuery('orders.preview', { orderId: order.id })
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(980px, 94vw)"
      title={
        <>
          {text.title} <ExternalText text={order.number} />
        </>
      }
    >
      <div className="dialog">
        <p className="soft">
          {text.before} <ExternalText text={order.destinationName} />
          {text.after(preview === null ? null : PROFILE_INFO[preview.profile].title)}
        </p>
        {failure !== null && <FailureNotice failure={failure} />}
        {preview !== null && <PreviewPane preview={preview} />}
        {preview === null && failure === null && <Waiting message={text.making} onRetry={read} />}
      </div>
    </Modal>
  )
}
