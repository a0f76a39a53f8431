import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import type { DeliveryRow } from '../../src-shared/contract/contract'
import { LOCALE } from '../text/dates'
import { orderDetailsText } from '../text/order-details-text'
import { deliveryLabel } from '../text/state-labels'
import { ExternalText } from '../widgets/external-text'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { TimeText } from '../widgets/time-text'
import { ToneText } from '../widgets/tone-text'
import { Verbatim } from '../widgets/verbatim'
import { FilePreview } from './file-preview'

const text = orderDetailsText.deliveries

function Delivery({ delivery }: { delivery: DeliveryRow }) {
  const [isPreviewOpen, setPreviewOpen] = useState(false)
  return (
    <li className="delivery">
      <div className="delivery-head">
        <ExternalText text={delivery.fileName} className="delivery-name" />
        <ToneText label={deliveryLabel(delivery.state, delivery.isOverdue)} />
        <span className="delivery-actions">
          <Button
            variant="default"
            leftSection={<IconEye size={15} aria-hidden />}
            aria-label={text.previewOf(delivery.fileName)}
            onClick={() => setPreviewOpen(true)}
          >
            {text.preview}
          </Button>
          <OpenFolderButton folder={delivery.folder} />
        </span>
      </div>
      <dl className="delivery-facts">
        <div>
          <dt>{text.attempt}</dt>
          <dd>
            {text.attemptTo(delivery.attempt)}
            <ExternalText text={delivery.destinationName} />
          </dd>
        </div>
        <div>
          <dt>{text.written}</dt>
          <dd>{delivery.droppedAt === null ? text.notYet : <TimeText at={delivery.droppedAt} />}</dd>
        </div>
        <div>
          <dt>{text.size}</dt>
          <dd>{text.bytes(delivery.sizeBytes.toLocaleString(LOCALE))}</dd>
        </div>
        <div>
          <dt>{text.answer}</dt>
          <dd>
            {delivery.answeredAt === null ? text.noneYet : <TimeText at={delivery.answeredAt} />}
            {delivery.evidence !== null && (
              <>
                {': '}
                <ExternalText text={delivery.evidence} />
              </>
            )}
          </dd>
        </div>
      </dl>
      {delivery.answerText !== null && (
        <figure className="answer">
          <figcaption className="small soft">{text.verbatim}</figcaption>
          <Verbatim label={text.answerTo(delivery.fileName)} text={delivery.answerText} />
        </figure>
      )}
      {isPreviewOpen && <FilePreview delivery={delivery} onClose={() => setPreviewOpen(false)} />}
    </li>
  )
}

/** The files that were written for the order, and what happened to each of them. */
export function Deliveries({ deliveries }: { deliveries: DeliveryRow[] }) {
  return (
    <section className="card" aria-labelledby="deliveries">
      <h2 id="deliveries">{text.title}</h2>
      {deliveries.length === 0 ? (
        <p className="soft no-margin">{text.none}</p>
      ) : (
        <ul className="delivery-list">
          {deliveries.map((delivery) => (
            <Delivery key={delivery.id} delivery={delivery} />
          ))}
        </ul>
      )}
    </section>
  )
}
