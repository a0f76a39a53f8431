import { Button } from '@mantine/core'
import { useState } from 'react'
import type { DestinationChange, DestinationRow } from '../../src-shared/contract/contract'
import { useQuery } from '../client/use-query'
import { restoreDestination } from '../sync-settings/sync-settings-store'
import { changeText } from '../text/change-text'
import { exactTimeText } from '../text/dates'
import { destinationText } from '../text/destination-text'
import { ConfirmDialog } from '../widgets/confirm-dialog'
import { ExternalText } from '../widgets/external-text'
import { LongText } from '../widgets/long-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { TimeText } from '../widgets/time-text'
import { Waiting } from '../widgets/waiting'

const text = destinationText.history

interface RestoreVersionDialogProps {
  change: DestinationChange
  isDirty: boolean
  destination: DestinationRow
  onDone: () => void
  onClose: () => void
}

function RestoreVersionDialog({ change, isDirty, destination, onDone, onClose }: RestoreVersionDialogProps) {
  const restore = async () => {
    const error = await restoreDestination(destination.id, change.id)
    if (error !== null) return error
    notifyDone(text.done(destination.name))
    onDone()
    return null
  }
  return (
    <ConfirmDialog title={text.ask} cancel={text.cancel} action={text.restore} onConfirm={restore} onClose={onClose}>
      <p>
        {text.before} <TimeText at={change.at} /> {text.by} <ExternalText text={change.actor} />
        {text.after}
      </p>
      {isDirty && <p>{text.unsaved}</p>}
    </ConfirmDialog>
  )
}

interface DestinationHistoryProps {
  destination: DestinationRow
  isDirty: boolean
  /** Called after a version has been restored. */
  onRestored: () => void
}

/** All changes to a destination: who made each one, when, what changed, and a button that restores that version. */
export function DestinationHistory({ destination, isDirty, onRestored }: DestinationHistoryProps) {
  // Every change to the settings creates a new `destination` object, which reloads the history.
  const { value, failure, read } = useQuery('settings.destinationHistory', { destinationId: destination.id }, destination)
  const [versionToRestore, setVersionToRestore] = useState<DestinationChange | null>(null)
  return (
    <>
      {failure !== null && <FailureNotice failure={failure} />}
      {value === null && failure === null && <Waiting message={text.reading} onRetry={read} />}
      {value?.changes.length === 0 && <p className="soft no-margin">{text.none}</p>}
      <ol className="change-list">
        {value?.changes.map((change, index) => (
          <li key={change.id}>
            <div className="change-head">
              <TimeText at={change.at} />
              <span className="soft">
                {text.by} <ExternalText text={change.actor} />
              </span>
              {index === 0 ? (
                <span className="soft small change-now">{text.now}</span>
              ) : (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={text.restoreVersionFrom(exactTimeText(change.at))}
                  onClick={() => setVersionToRestore(change)}
                >
                  {text.restoreThis}
                </Button>
              )}
            </div>
            <LongText
              text={change.summary
                .split('\n')
                .map((line) => changeText(line, destination.profile))
                .join('\n')}
            />
          </li>
        ))}
      </ol>
      {versionToRestore !== null && (
        <RestoreVersionDialog
          change={versionToRestore}
          isDirty={isDirty}
          destination={destination}
          onClose={() => setVersionToRestore(null)}
          onDone={() => {
            setVersionToRestore(null)
            onRestored()
          }}
        />
      )}
    </>
  )
}
