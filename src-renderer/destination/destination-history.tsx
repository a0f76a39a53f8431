import { Button, Modal } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import type { DestinationChange, DestinationRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { restoreDestination } from '../sync-settings/sync-settings-store'
import { changeWords } from '../text/change-words'
import { exactTimeText } from '../text/dates'
import { destinationText } from '../text/destination-text'
import { LongText } from '../widgets/long-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { OutsideText } from '../widgets/outside-text'
import { TimeText } from '../widgets/time-text'
import { Waiting } from '../widgets/waiting'

const WORDS = destinationText.history

interface GoBackDialogProps {
  change: DestinationChange
  isDirty: boolean
  destination: DestinationRow
  onDone: () => void
  onClose: () => void
}

function GoBackDialog({ change, isDirty, destination, onDone, onClose }: GoBackDialogProps) {
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const goBack = async () => {
    setSaving(true)
    const refusal = await restoreDestination(destination.id, change.id)
    setSaving(false)
    setFailure(refusal)
    if (refusal !== null) return
    notifyDone(WORDS.done(destination.name))
    onDone()
  }
  return (
    <Modal opened onClose={onClose} title={WORDS.ask}>
      <div className="dialog">
        <p>
          {WORDS.before} <TimeText at={change.at} /> {WORDS.by} <OutsideText text={change.actor} />
          {WORDS.after}
        </p>
        {isDirty && <p>{WORDS.unsaved}</p>}
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="dialog-actions">
          <Button variant="default" data-autofocus onClick={onClose}>
            {WORDS.cancel}
          </Button>
          <Button loading={isSaving} onClick={goBack}>
            {WORDS.goBack}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

interface DestinationHistoryProps {
  destination: DestinationRow
  isDirty: boolean
  /** After going back: the page shows what is saved. */
  onRestored: () => void
}

/** Every change of a destination: who, when, what, and the way back. */
export function DestinationHistory({ destination, isDirty, onRestored }: DestinationHistoryProps) {
  const [changes, setChanges] = useState<DestinationChange[] | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [asked, setAsked] = useState<DestinationChange | null>(null)
  const destinationId = destination.id

  const read = useCallback(async () => {
    const result = await call('settings.destinationHistory', { destinationId })
    if (result.ok) setChanges(result.value.changes)
    setFailure(result.ok ? null : result.error)
  }, [destinationId])
  // The row is a new one after every change of the settings.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the destination changes
  useEffect(() => void read(), [read, destination])

  return (
    <>
      {failure !== null && <FailureNotice failure={failure} />}
      {changes === null && failure === null && <Waiting what={WORDS.reading} onRetry={read} />}
      {changes?.length === 0 && <p className="soft no-margin">{WORDS.none}</p>}
      <ol className="change-list">
        {changes?.map((change, index) => (
          <li key={change.id}>
            <div className="change-head">
              <TimeText at={change.at} />
              <span className="soft">
                {WORDS.by} <OutsideText text={change.actor} />
              </span>
              {index === 0 ? (
                <span className="soft small change-now">{WORDS.now}</span>
              ) : (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={WORDS.goBackTo(exactTimeText(change.at))}
                  onClick={() => setAsked(change)}
                >
                  {WORDS.goBackToThis}
                </Button>
              )}
            </div>
            <LongText
              text={change.summary
                .split('\n')
                .map((line) => changeWords(line, destination.profile))
                .join('\n')}
            />
          </li>
        ))}
      </ol>
      {asked !== null && (
        <GoBackDialog
          change={asked}
          isDirty={isDirty}
          destination={destination}
          onClose={() => setAsked(null)}
          onDone={() => {
            setAsked(null)
            onRestored()
          }}
        />
      )}
    </>
  )
}
