import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import type { DeliveryRow } from '../../src-shared/contract'
import { LOCALE } from '../text/dates'
import { deliveryWords } from '../text/state-words'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { OutsideText } from '../widgets/outside-text'
import { TimeText } from '../widgets/time-text'
import { ToneText } from '../widgets/tone-text'
import { Verbatim } from '../widgets/verbatim'
import { FilePreview } from './file-preview'

function Delivery({ delivery }: { delivery: DeliveryRow }) {
  const [isPreviewed, setPreviewed] = useState(false)
  return (
    <li className="delivery">
      <div className="delivery-head">
        <OutsideText text={delivery.fileName} className="delivery-name" />
        <ToneText words={deliveryWords(delivery.state, delivery.isOverdue)} />
        <span className="delivery-actions">
          <Button
            variant="default"
            leftSection={<IconEye size={15} aria-hidden />}
            aria-label={`Preview ${delivery.fileName}`}
            onClick={() => setPreviewed(true)}
          >
            Preview
          </Button>
          <OpenFolderButton folder={delivery.folder} />
        </span>
      </div>
      <dl className="delivery-facts">
        <div>
          <dt>Attempt</dt>
          <dd>
            {delivery.attempt}, to <OutsideText text={delivery.destinationName} />
          </dd>
        </div>
        <div>
          <dt>Written</dt>
          <dd>{delivery.droppedAt === null ? 'Not yet' : <TimeText at={delivery.droppedAt} />}</dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>{delivery.sizeBytes.toLocaleString(LOCALE)} bytes</dd>
        </div>
        <div>
          <dt>Answer</dt>
          <dd>
            {delivery.answeredAt === null ? 'None yet' : <TimeText at={delivery.answeredAt} />}
            {delivery.evidence !== null && (
              <>
                {': '}
                <OutsideText text={delivery.evidence} />
              </>
            )}
          </dd>
        </div>
      </dl>
      {delivery.answerText !== null && (
        <figure className="answer">
          <figcaption className="small soft">The answer, word for word</figcaption>
          <Verbatim label={`Answer to ${delivery.fileName}`} text={delivery.answerText} />
        </figure>
      )}
      {isPreviewed && <FilePreview delivery={delivery} onClose={() => setPreviewed(false)} />}
    </li>
  )
}

/** Every file written for the order and what became of it. */
export function Deliveries({ deliveries }: { deliveries: DeliveryRow[] }) {
  return (
    <section className="card" aria-labelledby="deliveries">
      <h2 id="deliveries">Deliveries</h2>
      {deliveries.length === 0 ? (
        <p className="soft no-margin">No file has been written for this order yet.</p>
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
