import { Button, Loader } from '@mantine/core'
import { useState } from 'react'
import { widgetsText } from '../text/widgets-text'
import { Notice } from './notice'
import { useAfter } from './use-after'

const SHOW_AFTER_MS = 300
const SLOW_AFTER_MS = 10_000

/** Stands where data is awaited: nothing at first, then what is awaited, after ten seconds a way out. */
export function Waiting({ what, onRetry }: { what: string; onRetry: () => void }) {
  const [round, setRound] = useState(0)
  const retry = () => {
    setRound(round + 1)
    onRetry()
  }
  return <WaitingRound key={round} what={what} onRetry={retry} />
}

function WaitingRound({ what, onRetry }: { what: string; onRetry: () => void }) {
  const isShown = useAfter(SHOW_AFTER_MS)
  const isSlow = useAfter(SLOW_AFTER_MS)
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
          <strong>{widgetsText.waiting.slow(what)}</strong>
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
          <span className="soft">{widgetsText.waiting.now(what)}</span>
        </>
      )}
    </div>
  )
}
