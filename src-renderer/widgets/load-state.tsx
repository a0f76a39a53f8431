import { Button } from '@mantine/core'
import type { Failure } from '../../src-shared/failure'
import { widgetsText } from '../text/widgets-text'
import { FailureNotice } from './notice'
import { Waiting } from './waiting'

/** A notice that something could not be loaded, with a Retry button. */
export function RetryNotice({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const retry = (
    <Button variant="default" onClick={onRetry}>
      {widgetsText.waiting.retry}
    </Button>
  )
  return <FailureNotice failure={failure} actions={retry} />
}

interface LoadStateProps {
  /** The loading message, e.g. `Loading settings`. */
  message: string
  isLoaded: boolean
  failure: Failure | null
  onRetry: () => void
}

/** Shows that data is loading, or why it could not be loaded. Renders nothing if the data is loaded. */
export function LoadState({ message, isLoaded, failure, onRetry }: LoadStateProps) {
  if (failure !== null) return <RetryNotice failure={failure} onRetry={onRetry} />
  return isLoaded ? null : <Waiting message={message} onRetry={onRetry} />
}
