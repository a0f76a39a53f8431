import { Modal, Switch } from '@mantine/core'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { DeliveryRow, SentFile } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client'
import { FailureNotice, Notice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { Verbatim } from '../widgets/verbatim'
import { Waiting } from '../widgets/waiting'
import { showInvisible } from './invisible-characters'

function SentFileText({ file }: { file: SentFile }) {
  const [isVisible, setVisible] = useState(false)
  const text = useMemo(() => (isVisible ? showInvisible(file.text) : file.text), [file.text, isVisible])
  return (
    <>
      {file.isIntact ? (
        <p className="soft no-margin">This is exactly what was written, kept in the archive. Shown as {file.encoding}.</p>
      ) : (
        <Notice tone="bad" role="alert">
          <p>
            <strong>The archive's copy is missing or differs from what was written.</strong>
          </p>
          <p>
            Do not rely on the text below. The hash says what the file had to be; compare with the file in the accounting package's folders.
          </p>
        </Notice>
      )}
      <Switch label="Show invisible characters" checked={isVisible} onChange={(event) => setVisible(event.currentTarget.checked)} />
      <Verbatim label="File content" text={text} className="preview-text" />
      <p className="small soft no-margin">
        SHA-256 <code className="hash">{file.sha256}</code>
      </p>
    </>
  )
}

/** The exact text of a file that was sent. */
export function FilePreview({ delivery, onClose }: { delivery: DeliveryRow; onClose: () => void }) {
  const [file, setFile] = useState<SentFile | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const deliveryId = delivery.id

  const read = useCallback(async () => {
    const result = await call('orders.sentFile', { deliveryId })
    if (result.ok) setFile(result.value)
    else setFailure(result.error)
  }, [deliveryId])
  useEffect(() => void read(), [read])

  return (
    <Modal opened onClose={onClose} size="min(980px, 94vw)" title={<OutsideText text={delivery.fileName} />}>
      <div className="dialog">
        {failure !== null && <FailureNotice failure={failure} />}
        {file !== null && <SentFileText file={file} />}
        {file === null && failure === null && <Waiting what="Reading the archive" onRetry={read} />}
      </div>
    </Modal>
  )
}
