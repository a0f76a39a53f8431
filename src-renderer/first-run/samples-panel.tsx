import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { refresh } from '../client/refresh'
import { firstRunText } from '../text/first-run-text'
import { ConfirmDialog } from '../widgets/confirm-dialog'
import { FailureNotice, Notice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { OutsideText } from '../widgets/outside-text'
import { addSampleOrders, removeSampleOrders, useGuide } from './guide-store'

const WORDS = firstRunText.samples

function RemoveDialog({ onRemoved, onClose }: { onRemoved: (leftFiles: string[]) => void; onClose: () => void }) {
  const remove = async () => {
    const result = await removeSampleOrders()
    if (!result.ok) return result.error
    onRemoved(result.value.leftFiles)
    onClose()
    notifyDone(WORDS.removed)
    // No event tells that orders are gone: they never go, but for these.
    refresh()
    return null
  }
  return (
    <ConfirmDialog title={WORDS.ask} cancel={WORDS.cancel} action={WORDS.remove} isDangerous onConfirm={remove} onClose={onClose}>
      <p>{WORDS.askExplanation}</p>
    </ConfirmDialog>
  )
}

/** Sample orders: added on request, removed again. */
export function SamplesPanel() {
  const hasSamples = useGuide((state) => state.guide?.hasSamples ?? false)
  const [isAsking, setAsking] = useState(false)
  const [isAdding, setAdding] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [leftFiles, setLeftFiles] = useState<string[]>([])
  const add = async () => {
    setAdding(true)
    const refusal = await addSampleOrders()
    setAdding(false)
    setFailure(refusal)
    setLeftFiles([])
    if (refusal === null) notifyDone(WORDS.added)
  }
  return (
    <section className="card" aria-labelledby="samples">
      <h2 id="samples">{WORDS.title}</h2>
      <p>{hasSamples ? WORDS.there : WORDS.explanation}</p>
      {hasSamples ? (
        <Button variant="default" onClick={() => setAsking(true)}>
          {WORDS.remove}
        </Button>
      ) : (
        <Button variant="default" loading={isAdding} onClick={add}>
          {WORDS.add}
        </Button>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      {leftFiles.length > 0 && (
        <Notice tone="plain" role="status">
          <p>
            <strong>{WORDS.left}</strong>
          </p>
          <ul className="guide-done">
            {leftFiles.map((file) => (
              <li key={file}>
                <OutsideText text={file} className="path" />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {isAsking && <RemoveDialog onRemoved={setLeftFiles} onClose={() => setAsking(false)} />}
    </section>
  )
}
