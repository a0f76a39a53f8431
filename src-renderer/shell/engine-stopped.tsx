import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { shellText } from '../text/shell-text'
import { FailureText } from '../widgets/notice'
import { ScreenTitle } from '../widgets/screen'

const TRY_AGAIN_AFTER_MS = 5000

/** Fills the window while the engine does not work; the page starts anew as soon as it does. */
export function EngineStopped({ failure }: { failure: Failure }) {
  const [tries, setTries] = useState(0)
  const [isTrying, setTrying] = useState(false)

  const tryAgain = async () => {
    setTrying(true)
    const result = await call('session.get', {})
    setTrying(false)
    if (result.ok) window.location.reload()
    else setTries((count) => count + 1)
  }

  // Only here the window asks by itself: while the engine is away, no event can say that it is back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: one timer per try
  useEffect(() => {
    const timer = setTimeout(tryAgain, TRY_AGAIN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [tries])

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
