import { Modal, Switch } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { DeliveryRow, SentFile } from '../../src-shared/contract/contract'
import { useQuery } from '../client/use-query'
import { showInvisible } from '../preview/invisible-characters'
import { orderDetailsText } from '../text/order-details-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { Verbatim } from '../widgets/verbatim'
import { Waiting } from '../widgets/waiting'

const text = orderDetailsText.sentFile

function SentFileText({ file }: { file: SentFile }) {
  const [isInvisibleShown, setInvisibleShown] = useState(false)
  const shown = useMemo(() => (isInvisibleShown ? showInvisible(file.text) : file.text), [file.text, isInvisibleShown])
  return (
    <>
      {file.isIntact ? (
        <p className="soft no-margin">{text.exact(file.encoding)}</p>
      ) : (
        <Notice tone="bad" role="alert">
          <p>
            <strong>{text.differs}</strong>
          </p>
          <p>{text.doNotRely}</p>
        </Notice>
      )}
      <Switch label={text.showInvisible} checked={isInvisibleShown} onChange={(event) => setInvisibleShown(event.currentTarget.checked)} />
      <Verbatim label={text.content} text={shown} className="preview-text" />
      <p className="small soft no-margin">
        {text.hash} <code className="hash">{file.sha256}</code>
      </p>
    </>
  )
}

/** A dialog with the exact text of a file that was sent. */
export function FilePreview({ delivery, onClose }: { delivery: DeliveryRow; onClose: () => void }) {
  const { value: file, failure, read } = useQuery('orders.sentFile', { deliveryId: delivery.id })
  return (
    <Modal opened onClose={onClose} size="min(980px, 94vw)" title={<ExternalText text={delivery.fileName} />}>
      <div className="dialog">
        {failure !== null && <FailureNotice failure={failure} />}
        {file !== null && <SentFileText file={file} />}
        {file === null && failure === null && <Waiting message={text.reading} onRetry={read} />}
      </div>
    </Modal>
  )
}
