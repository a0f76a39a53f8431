import { Button } from '@mantine/core'
import type { Failure } from '../../src-shared/failure'
import { widgetsText } from '../text/widgets-text'
import { FailureNotice } from './notice'
import { Waiting } from './waiting'

/** Why something could not be read, with a button that tries again. */
export function RetryNotice({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const retry = (
    <Button variant="default" onClick={onRetry}>
      {widgetsText.waiting.retry}
    </Button>
  )
  return <FailureNotice failure={failure} actions={retry} />
}

interface ReadStateProps {
  /** What is read, e.g. `Reading the settings`. */
  what: string
  isRead: boolean
  failure: Failure | null
  onRetry: () => void
}

/** Shows that something is being read, or why it could not be read; nothing once it is there. */
export function ReadState({ what, isRead, failure, onRetry }: ReadStateProps) {
  if (failure !== null) return <RetryNotice failure={failure} onRetry={onRetry} />
  return isRead ? null : <Waiting what={what} onRetry={onRetry} />
}
