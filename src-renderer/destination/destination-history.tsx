import { Button } from '@mantine/core'
import { useState } from 'react'
import type { DestinationChange, DestinationRow } from '../../src-shared/contract/contract'
import { useAnswer } from '../client/use-answer'
import { restoreDestination } from '../sync-settings/sync-settings-store'
import { changeWords } from '../text/change-words'
import { exactTimeText } from '../text/dates'
import { destinationText } from '../text/destination-text'
import { ConfirmDialog } from '../widgets/confirm-dialog'
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
  const goBack = async () => {
    const refusal = await restoreDestination(destination.id, change.id)
    if (refusal !== null) return refusal
    notifyDone(WORDS.done(destination.name))
    onDone()
    return null
  }
  return (
    <ConfirmDialog title={WORDS.ask} cancel={WORDS.cancel} action={WORDS.goBack} onConfirm={goBack} onClose={onClose}>
      <p>
        {WORDS.before} <TimeText at={change.at} /> {WORDS.by} <OutsideText text={change.actor} />
        {WORDS.after}
      </p>
      {isDirty && <p>{WORDS.unsaved}</p>}
    </ConfirmDialog>
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
  // The row is a new one after every change of the settings.
  const { value, failure, read } = useAnswer('settings.destinationHistory', { destinationId: destination.id }, destination)
  const [asked, setAsked] = useState<DestinationChange | null>(null)
  return (
    <>
      {failure !== null && <FailureNotice failure={failure} />}
      {value === null && failure === null && <Waiting what={WORDS.reading} onRetry={read} />}
      {value?.changes.length === 0 && <p className="soft no-margin">{WORDS.none}</p>}
      <ol className="change-list">
        {value?.changes.map((change, index) => (
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
