import { Button, Loader } from '@mantine/core'
import { useState } from 'react'
import { widgetsText } from '../text/widgets-text'
import { Notice } from './notice'
import { useHasElapsed } from './use-has-elapsed'

const SHOW_AFTER_MS = 300
const SLOW_AFTER_MS = 10_000

/** A loading indicator: nothing at first, then a message, and after ten seconds a Retry button. */
export function Waiting({ message, onRetry }: { message: string; onRetry: () => void }) {
  const [round, setRound] = useState(0)
  const retry = () => {
    setRound(round + 1)
    onRetry()
  }
  return <WaitingRound key={round} message={message} onRetry={retry} />
}

function WaitingRound({ message, onRetry }: { message: string; onRetry: () => void }) {
  const isShown = useHasElapsed(SHOW_AFTER_MS)
  const isSlow = useHasElapsed(SLOW_AFTER_MS)
  if (isSlow) {
    return (
      <Notice
        tone="caution"
        role="status"
        actions={
          <Button variant="default" onClick={onRetry}>
            {widgetsText.waiting.retry}
          </Button>
        }
      >
        <p>
          <strong>{widgetsText.waiting.slow(message)}</strong>
        </p>
        <p>{widgetsText.waiting.slowHint}</p>
      </Notice>
    )
  }
  return (
    <div className="empty" role="status">
      {isShown && (
        <>
          <Loader size="sm" />
          <span className="soft">{widgetsText.waiting.now(message)}</span>
        </>
      )}
    </div>
  )
}
