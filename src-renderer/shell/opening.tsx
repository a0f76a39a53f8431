import { Loader } from '@mantine/core'
import { shellText } from '../text/shell-text'
import { useHasElapsed } from '../widgets/use-has-elapsed'

/** Longer than a normal start takes. */
const SHOW_AFTER_MS = 1000

/** Fills the window until the engine has opened the workspace: empty at first, then with an explanation of the delay. */
export function Opening() {
  const isShown = useHasElapsed(SHOW_AFTER_MS)
  if (!isShown) return null
  return (
    <main className="engine-notice" role="status">
      <Loader size="sm" />
      <p>
        <strong>{shellText.opening.now}</strong>
      </p>
      <p className="soft">{shellText.opening.hint}</p>
    </main>
  )
}
