import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { refresh } from '../client/refresh'
import { firstRunText } from '../text/first-run-text'
import { ConfirmDialog } from '../widgets/confirm-dialog'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { addSampleOrders, removeSampleOrders, useGuide } from './guide-store'

const text = firstRunText.samples

function RemoveDialog({ onRemoved, onClose }: { onRemoved: (leftFiles: string[]) => void; onClose: () => void }) {
  const remove = async () => {
    const result = await removeSampleOrders()
    if (!result.ok) return result.error
    onRemoved(result.value.leftFiles)
    onClose()
    notifyDone(text.removed)
    // There is no event for removed orders, because only sample orders are ever removed.
    refresh()
    return null
  }
  return (
    <ConfirmDialog title={text.ask} cancel={text.cancel} action={text.remove} isDangerous onConfirm={remove} onClose={onClose}>
      <p>{text.askExplanation}</p>
    </ConfirmDialog>
  )
}

/** The panel that adds and removes sample orders. */
export function SamplesPanel() {
  const hasSamples = useGuide((state) => state.guide?.hasSamples ?? false)
  const [isConfirming, setConfirming] = useState(false)
  const [isAdding, setAdding] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [leftFiles, setLeftFiles] = useState<string[]>([])
  const add = async () => {
    setAdding(true)
    const error = await addSampleOrders()
    setAdding(false)
    setFailure(error)
    setLeftFiles([])
    if (error === null) notifyDone(text.added)
  }
  return (
    <section className="card" aria-labelledby="samples">
      <h2 id="samples">{text.title}</h2>
      <p>{hasSamples ? text.there : text.explanation}</p>
      {hasSamples ? (
        <Button variant="default" onClick={() => setConfirming(true)}>
          {text.remove}
        </Button>
      ) : (
        <Button variant="default" loading={isAdding} onClick={add}>
          {text.add}
        </Button>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      {leftFiles.length > 0 && (
        <Notice tone="plain" role="status">
          <p>
            <strong>{text.left}</strong>
          </p>
          <ul className="guide-done">
            {leftFiles.map((file) => (
              <li key={file}>
                <ExternalText text={file} className="path" />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {isConfirming && <RemoveDialog onRemoved={setLeftFiles} onClose={() => setConfirming(false)} />}
    </section>
  )
}
