import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { shellText } from '../text/shell-text'
import { FailureText } from '../widgets/notice'
import { ScreenTitle } from '../widgets/screen'

const TRY_AGAIN_AFTER_MS = 5000

/** Fills the window while the engine is stopped. Reloads the page as soon as the engine runs again. */
export function EngineStopped({ failure }: { failure: Failure }) {
  const [attempts, setAttempts] = useState(0)
  const [isTrying, setTrying] = useState(false)

  const tryAgain = async () => {
    setTrying(true)
    const result = await call('session.get', {})
    setTrying(false)
    if (result.ok) window.location.reload()
    else setAttempts((count) => count + 1)
  }

  // Only this part of the window polls, because a stopped engine can't publish an event when it starts again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: one timer per attempt
  useEffect(() => {
    const timer = setTimeout(tryAgain, TRY_AGAIN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [attempts])

  return (
    <main className="engine-stopped">
      <IconPlugConnectedX size={44} stroke={1.5} aria-hidden />
      <ScreenTitle>{shellText.stopped.title}</ScreenTitle>
      <div role="alert">
        <FailureText failure={failure} />
      </div>
      <Button loading={isTrying} onClick={tryAgain}>
        {shellText.stopped.tryAgain}
      </Button>
    </main>
  )
}
